namespace Workbook.Keras;

/// <summary>
/// One pass over the data of a fit, an evaluation, or a single step: what trains is read from the model when it is first asked for, and
/// holds until the end.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="compiled">What compile has stated.</param>
/// <param name="course">The steps to which it belongs.</param>
sealed class Epoch(Layer model, Compilation compiled, Course course)
{
    static readonly Dictionary<Variable, Tensor> none = [];

    TrainingPlan? plan;

    public Course Course { get; } = course;

    public TrainingPlan Plan => plan ??= new(model, compiled.Optimizer, compiled.Hyper);

    /// <summary>Whether a step has asked what trains; one of somebody's own may do without.</summary>
    public bool IsPlanned => plan is not null;

    /// <summary>How many steps have computed gradients here; one of somebody's own does it elsewhere.</summary>
    public int Derived { get; set; }

    /// <summary>The gradients that moved variables in the last step.</summary>
    public IReadOnlyDictionary<Variable, Tensor> LatestGradients => plan?.LatestGradients ?? none;

    /// <summary>The epoch is over.</summary>
    public void End() => plan?.Forget();

    public IEnumerable<Tensor> Penalties() => plan?.Penalties() ?? model.Penalties();

    /// <summary>Takes in what a step has read for the first time.</summary>
    /// <param name="late">What has come.</param>
    public void Extend(List<Variable> late) => plan = Plan.Anew(model, late);
}
