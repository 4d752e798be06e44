namespace Workbook.Keras;

/// <summary>The steps of a fit, or those between compile and a fit: what they read, and what is said of them once.</summary>
/// <param name="model">The model.</param>
/// <param name="optimizers">What moves its variables.</param>
sealed class Course(Layer model, params Optimizer?[] optimizers)
{
    bool saidNotFinite;

    /// <summary>What callbacks add to the loss of a step, asked once a step; null outside of a fit.</summary>
    public Func<IReadOnlyList<Tensor?>, IReadOnlyList<Tensor>, IReadOnlyList<(string Name, Tensor Value)>>? Terms { get; init; }

    public StepReads Reads { get; } = new(model, optimizers);

    /// <summary>Something may not be finite: whoever finds it first says so.</summary>
    /// <param name="say">Whether there was something to say.</param>
    public void NotFinite(Func<bool> say)
    {
        if (!saidNotFinite) saidNotFinite = say();
    }
}
