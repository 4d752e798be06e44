using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors;

public class VariableNotesTests
{
    [Fact]
    public void A_variable_knows_one_note_of_each_kind()
    {
        var v = tf.Variable(1.0);
        Assert.Null(v.Notes.Get<string>());
        v.Notes.Set("first");
        v.Notes.Set<object>(7);
        v.Notes.Set("second");
        Assert.Equal("second", v.Notes.Get<string>());
        Assert.Equal(7, v.Notes.Get<object>());
        Assert.Null(tf.Variable(1.0).Notes.Get<string>());
    }

    [Fact]
    public void Constraint_domain_and_judge_are_found_from_the_variable()
    {
        var strength = new Positive(0.5, "strength");
        Constraint constraint = "non_neg";
        Constraint.Attach(strength.Raw, constraint);
        new TrainingObjective(() => 2.0 * strength.Value, [strength.Raw]).Step(keras.optimizers.SGD(0.1));
        Assert.Same(constraint, strength.Raw.Notes.Get<Constraint>());
        Assert.Same(strength, strength.Raw.Notes.Get<DomainVariable>());
        Assert.Equal((Judge.Train, 1.0),
            (strength.Raw.Notes.Get<Judged>()!.Judge, Math.Round((double)strength.Raw.Notes.Get<Judged>()!.Gradient!, 6)));
    }
}
