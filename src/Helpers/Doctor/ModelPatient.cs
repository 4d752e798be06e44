using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>A compiled model and a batch.</summary>
sealed class ModelPatient(Model model, Batch x, Batch? y, Batch? sample_weight, IEnumerable<Variable> asked,
    IEnumerable<Callback> callbacks) : Patient
{
    readonly Rehearsal rehearsal = new(model, x, y, sample_weight, callbacks);
    readonly Variable[] asked = [.. asked];
    readonly HyperObjective[] judges = [.. callbacks.OfType<JudgeCallback>().Select(c => c.Objective)];

    public override string Name => $"model '{model.name}'";

    public override IEnumerable<object?> Roots => [.. rehearsal.Parts, .. judges];

    public override bool HasTape => !rehearsal.HasOwnStep;

    public override bool HasStep => true;

    public override int? Rows => x.Samples;

    public override bool HasOwners => true;

    public override bool HasEvaluation => HasTape;

    public override IReadOnlyCollection<Variable> Saved => model.variables;

    public override IDisposable Begin() => rehearsal.Begin();

    public override Tensor Loss(bool training) => HasTape ? rehearsal.Loss(training) : tf.constant(Reported(), tf.float64);

    public override Tensor? Predictions()
    {
        Tensor[] said = [.. Rehearsal.Forward(model, x, training: false).Where(y => y.dtype.IsFloating())];
        return said.Length == 0 ? null : tf.concat([.. said.Select(y => tf.reshape(y, -1))], 0);
    }

    public override (double Loss, Tensor?[] Gradients) Gradients(Variable[] variables)
    {
        if (HasTape) return base.Gradients(variables);
        Dictionary<Variable, Tensor?> given = [];
        using var ear = Rehearsal.Hear((_, pairs) =>
        {
            foreach (var (gradient, variable) in pairs) given[variable] = gradient;
        });
        return (Reported(), Array.ConvertAll(variables, v => given.GetValueOrDefault(v)));
    }

    public override void Step() => rehearsal.Step();

    public override void Steps(int count, Action<int> after) => rehearsal.Steps(count, (step, _) => after(step));

    double Reported() => rehearsal.Step().TryGetValue("loss", out var loss) ? loss
        : throw new ModelException($"Model '{model.name}': expected that its own train_step gives a loss among its results. "
            + "Received: none. Return { [\"loss\"] = … }, or examine a function: Doctor.Examine(() => loss, variables).");

    public override Optimizer? MoverOf(Variable variable) => rehearsal.MoverOf(variable);

    public override IEnumerable<(Variable Variable, bool Asked)> Candidates(IReadOnlyList<Variable> read, IReadOnlyList<Variable> kept) =>
        asked.Select(v => (v, true)).Concat(rehearsal.Numbers(read).Concat(kept.Where(v => !v.MadeByLayer)).Select(v => (v, false)))
            .DistinctBy(c => c.Item1);

    public override string? OwnerOf(Variable variable) => rehearsal.OwnerOf(variable);

    public override (string Place, double Low, double High)? RangeOf(Variable variable) => rehearsal.RangeOf(variable);

    public override bool OnlyMultiplies(Variable variable) => rehearsal.OnlyMultiplies(variable);

    public override string? InData(Variable variable) => Uses(x, variable) ? "the inputs" : Uses(y, variable) ? "the targets"
        : Uses(sample_weight, variable) ? "the sample weights" : null;

    static bool Uses(Batch? data, Variable variable) => data?.Any(t => t.Sources.Contains(variable)) == true;

    public override Judge? JudgeOf(Variable variable) =>
        judges.FirstOrDefault(j => j.Variables.Contains(variable))?.Judge ?? base.JudgeOf(variable);

    public override string Nothing => $"Model '{model.name}' has {model.count_params()} weights and no learned variable besides. "
        + "Bring one in wherever a number stands: kernel_regularizer: regularizers.l2(new Positive(0.01)), a field of a layer, "
        + "a loss weight; or name the variables: Doctor.Examine(model, x, y, variables: [v]).";

    public override double? HeldOut(DoctorOptions options) =>
        options.HeldOut is { } held ? (double)tf.reduce_sum(rehearsal.LossOn(held.X, held.Y)) : base.HeldOut(options);
}
