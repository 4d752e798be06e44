namespace Workbook.Keras;

/// <summary>What compile has stated. A module: variables of the loss and its weights belong to the model.</summary>
/// <param name="model">The model.</param>
/// <param name="optimizer">What moves the weights.</param>
/// <param name="hyper">What moves the variables that somebody brought in; null: the same.</param>
/// <param name="loss">The losses of all outputs.</param>
/// <param name="metrics">The metrics of all outputs.</param>
sealed class Compilation(Layer model, Optimizer optimizer, Optimizer? hyper, CompiledLoss loss, CompiledMetrics metrics) : Module
{
    public Optimizer Optimizer { get; } = optimizer;

    public Optimizer? Hyper { get; } = hyper;

    public IReadOnlyList<Optimizer> Optimizers { get; } = hyper is null ? [optimizer] : [optimizer, hyper];

    public CompiledLoss Loss { get; } = loss;

    public CompiledMetrics Metrics { get; } = metrics;

    /// <summary>The variables at which a step has looked closer.</summary>
    public HashSet<Variable> Examined { get; } = [];

    /// <summary>Whether a compute_metrics of somebody's own was looked at.</summary>
    public bool HasLookedAtMetrics { get; set; }

    /// <summary>The steps that are made outside of a fit.</summary>
    public Course Course { get; } = new(model, optimizer, hyper);
}
