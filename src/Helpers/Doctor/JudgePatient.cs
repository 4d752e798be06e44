using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A judge and what it moves.</summary>
sealed class JudgePatient(HyperObjective judge, Optimizer optimizer) : Patient
{
    public override string Name => judge.GetType().Name;

    public override IEnumerable<object?> Roots => [judge, optimizer];

    public override bool HasTape => false;

    public override bool HasStep => true;

    // A judge that trains to look ahead is not measured by looking at today's weights.
    public override bool HasDirectLoss => judge is TrainingObjective or EvidenceStrength;

    public override Tensor Loss(bool training) => tf.constant(judge.Evaluate().Loss, tf.float64);

    public override (double Loss, Tensor?[] Gradients) Gradients(Variable[] variables)
    {
        var judged = judge.Evaluate();
        return (judged.Loss, Array.ConvertAll(variables, v =>
            judge.Variables.Zip(judged.Gradients).Where(p => p.First == v).Select(p => p.Second).FirstOrDefault()));
    }

    public override void Step() => judge.Step(optimizer);

    public override Optimizer? MoverOf(Variable variable) => optimizer;

    public override IEnumerable<(Variable Variable, bool Asked)> Candidates(IReadOnlyList<Variable> read, IReadOnlyList<Variable> kept) =>
        judge.Variables.Select(v => (v, true));

    public override string? OwnerOf(Variable variable) => judge.GetType().Name;

    public override string Nothing => "";
}
