using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What is examined: a loss, what moves its variables, and who owns them.</summary>
abstract class Patient
{
    /// <summary>What the report calls it.</summary>
    public abstract string Name { get; }

    /// <summary>The objects whose state must be as before afterwards.</summary>
    public abstract IEnumerable<object?> Roots { get; }

    /// <summary>Whether the loss can be differentiated here; otherwise its gradients are those that a training step gives an
    /// optimizer.</summary>
    public virtual bool HasTape => true;

    /// <summary>Whether a training step can be made.</summary>
    public abstract bool HasStep { get; }

    /// <summary>Whether the loss is that of the place where the variables are judged, so that moving one and looking again measures
    /// it.</summary>
    public virtual bool HasDirectLoss => true;

    /// <summary>The rows of the batch; null: not known.</summary>
    public virtual int? Rows => null;

    /// <summary>Begins what a fit begins; disposing the result ends it.</summary>
    public virtual IDisposable? Begin() => null;

    /// <summary>The loss, a scalar or several that count as their sum.</summary>
    /// <param name="training">Whether dropout drops.</param>
    public abstract Tensor Loss(bool training);

    /// <summary>What it says of the batch outside of training, as one vector; null: not known.</summary>
    public virtual Tensor? Predictions() => null;

    /// <summary>Whether the loss differs between training and evaluation.</summary>
    public virtual bool HasEvaluation => false;

    /// <summary>The loss and gradients at the present values.</summary>
    public virtual (double Loss, Tensor?[] Gradients) Gradients(Variable[] variables)
    {
        using var tape = tf.GradientTape(watch_accessed_variables: false);
        tape.watch(variables);
        var loss = Loss(training: true);
        return ((double)tf.reduce_sum(loss), tape.gradient(loss, variables));
    }

    /// <summary>Makes one training step.</summary>
    public abstract void Step();

    /// <summary>Makes several.</summary>
    /// <param name="count">How many.</param>
    /// <param name="after">What to do after each, counted from 0.</param>
    public virtual void Steps(int count, Action<int> after)
    {
        for (var i = 0; i < count; i++)
        {
            Step();
            after(i);
        }
    }

    /// <summary>The optimizer that moves a variable, as far as it is stated.</summary>
    public abstract Optimizer? MoverOf(Variable variable);

    /// <summary>Which variables are looked at, after a first look at the loss.</summary>
    /// <param name="read">What the loss and a training step read.</param>
    /// <param name="kept">Variables of which the value of a moment is used.</param>
    public abstract IEnumerable<(Variable Variable, bool Asked)> Candidates(IReadOnlyList<Variable> read, IReadOnlyList<Variable> kept);

    /// <summary>Who holds a variable; null: nobody.</summary>
    public abstract string? OwnerOf(Variable variable);

    /// <summary>Whether variables have owners here.</summary>
    public virtual bool HasOwners => false;

    /// <summary>The range of the place where a variable stands.</summary>
    public virtual (string Place, double Low, double High)? RangeOf(Variable variable) => null;

    /// <summary>Whether a variable is a bare strength or loss weight: it only multiplies a part of the loss.</summary>
    public virtual bool OnlyMultiplies(Variable variable) => false;

    /// <summary>Where data were computed from a variable; null: nowhere.</summary>
    public virtual string? InData(Variable variable) => null;

    /// <summary>Who judges a variable other than the loss; null: nobody.</summary>
    public virtual Judge? JudgeOf(Variable variable) => Judged.Of(variable)?.Judge;

    /// <summary>What a file of weights would bring back; null: there is no such file.</summary>
    public virtual IReadOnlyCollection<Variable>? Saved => null;

    /// <summary>Why there is nothing to examine, and how to bring something in.</summary>
    public abstract string Nothing { get; }

    /// <summary>The loss on rows that no training has seen.</summary>
    public virtual double? HeldOut(DoctorOptions options) =>
        options.HeldOutLoss is { } loss ? (double)tf.reduce_sum(loss()) : null;
}
