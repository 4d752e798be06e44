using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Says which variables of a model or a loop will learn, which will not, and why: from one model and one batch, without a run that is known
/// to be good.
/// </summary>
/// <remarks>
/// After compile: <c>Doctor.Examine(model, x, y)</c>. For a loop of your own: <c>Doctor.Examine(() =&gt; loss, [v], optimizer)</c>. Over
/// a fit:
/// <c>callbacks: [new DoctorCallback(x, y)]</c>. In a test: <c>Doctor.Examine(model, x, y).ThrowIfAny()</c>. Nothing of the patient is
/// changed: weights, the state of optimizers, metrics and layers, and random numbers are afterwards what they were, bit for bit. Nothing is
/// printed. One thread.
/// </remarks>
public static class Doctor
{
    /// <summary>The ten checks, in their order.</summary>
    public static IReadOnlyList<DoctorCheck> Checks { get; } =
    [
        new OwnedAndMoved(), new GradientArrives(), new GradientAgrees(), new Moves(), new LossMoves(), new StepIsLargeEnough(),
        new CoefficientCounts(), new JudgeTurns(), new StaysInDomain(), new DoesWork(),
    ];

    /// <summary>Examines a compiled model on one batch.</summary>
    /// <param name="model">A model after compile. One that is not built yet is built, and unbuilt afterwards.</param>
    /// <param name="x">The inputs of one batch.</param>
    /// <param name="y">The targets; none for a model that makes its own loss.</param>
    /// <param name="variables">More variables that should learn, also such that the model does not know.</param>
    /// <param name="sample_weight">The weights of the samples.</param>
    /// <param name="callbacks">Those of the fit that move variables: a judge, a schedule.</param>
    /// <param name="options">What else it should know.</param>
    /// <exception cref="ModelException">The model is not compiled.</exception>
    public static DoctorReport Examine(Model model, Batch x, Batch? y = null, IEnumerable<Variable>? variables = null,
        Batch? sample_weight = null, IEnumerable<Callback>? callbacks = null, DoctorOptions? options = null)
    {
        Callback[] along = [.. callbacks ?? []];
        Variable[] judged = [.. along.OfType<JudgeCallback>().SelectMany(c => c.Objective.Variables)];
        Action[] notes = Array.ConvertAll(judged, v => v.Notes.Keep());
        try
        {
            return Examination.Of(new ModelPatient(model, x, y, sample_weight, variables ?? [], along), options ?? new());
        }
        finally
        {
            foreach (var restore in notes) restore();
        }
    }

    /// <summary>Builds a model and examines it; what building, compiling or a first step throws is a refusal, which the report
    /// has.</summary>
    /// <param name="build">Makes and compiles the model.</param>
    /// <param name="x">The inputs of one batch.</param>
    /// <param name="y">The targets; none for a model that makes its own loss.</param>
    /// <param name="variables">The variables that should learn, also such that the model does not know.</param>
    /// <param name="options">What else it should know.</param>
    public static DoctorReport Examine(Func<Model> build, Batch x, Batch? y = null, IEnumerable<Variable>? variables = null,
        DoctorOptions? options = null)
    {
        Variable[] asked = [.. variables ?? []];
        Model model;
        try
        {
            using (Warnings.Hear(static _ => true)) model = build();
        }
        catch (Exception refusal) when (refusal is ArgumentException or InvalidOperationException or ArithmeticException)
        {
            return new("a model", double.NaN, 0, [.. asked.Select(v => new Subject(v) { Start = tf.stop_gradient(v.value()) })],
                [new("", "", Certainty.Proof, Fate.Refused, $"Building the model throws: {refusal.Message}", "Mend that first.",
                    "docs/doctor.md#what-the-fates-mean")], [], Fate.Refused);
        }
        return Examine(model, x, y, asked, options: options);
    }

    /// <summary>Examines a loss of your own and the variables that your loop moves.</summary>
    /// <param name="loss">A scalar; several values count as their sum. It is called often, and must not remember how often.</param>
    /// <param name="variables">The variables that should learn; where weights stand among them too, only the others are reported.</param>
    /// <param name="optimizer">What moves them, if it is one of ours.</param>
    /// <param name="step">One step of the loop, if it does more than the optimizer on this loss: rules, callbacks, several losses.</param>
    /// <param name="options">What else it should know.</param>
    public static DoctorReport Examine(Func<Tensor> loss, IEnumerable<Variable> variables, Optimizer? optimizer = null, Action? step = null,
        DoctorOptions? options = null) =>
        Examination.Of(new FunctionPatient(loss, [.. variables], optimizer, step), options ?? new());

    /// <summary>Examines what a judge moves.</summary>
    /// <param name="judge">The judge.</param>
    /// <param name="optimizer">What it moves its variables with.</param>
    /// <param name="options">What else it should know.</param>
    public static DoctorReport Examine(HyperObjective judge, Optimizer optimizer, DoctorOptions? options = null)
    {
        Action[] notes = [.. judge.Variables.Select(v => v.Notes.Keep())];
        try
        {
            return Examination.Of(new JudgePatient(judge, optimizer), options ?? new());
        }
        finally
        {
            foreach (var restore in notes) restore();
        }
    }
}
