namespace Workbook.Keras;

/// <summary>"accuracy" and "crossentropy": which metric that is shows in the shapes of the first batch.</summary>
/// <remarks>
/// As in Keras: binary where predictions have one column, sparse where targets lack the class axis or have one column, else categorical.
/// </remarks>
abstract class ByShape(string name) : Metric(name)
{
    Metric? chosen;

    private protected abstract Metric Binary { get; }

    private protected abstract Metric Sparse { get; }

    private protected abstract Metric Categorical { get; }

    /// <inheritdoc/>
    public override void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        chosen ??= y_pred.ndim < 2 || y_pred.shape[^1] == 1 ? Binary : y_true.ndim < y_pred.ndim || y_true.shape[^1] == 1 ? Sparse
            : Categorical;
        chosen.update_state(y_true, y_pred, sample_weight);
    }

    /// <inheritdoc/>
    public override Tensor result() => chosen?.result() ?? Scalar(0);

    /// <inheritdoc/>
    public override void reset_state() => chosen?.reset_state();

    [Names("accuracy", "acc")]
    internal sealed class OfAccuracy(string name = "accuracy") : ByShape(name)
    {
        private protected override Metric Binary => new BinaryAccuracy();

        private protected override Metric Sparse => new SparseCategoricalAccuracy();

        private protected override Metric Categorical => new CategoricalAccuracy();
    }

    [Names("crossentropy", "ce")]
    internal sealed class OfCrossentropy(string name = "crossentropy") : ByShape(name)
    {
        private protected override Metric Binary => keras.metrics.BinaryCrossentropy();

        private protected override Metric Sparse => keras.metrics.SparseCategoricalCrossentropy();

        private protected override Metric Categorical => keras.metrics.CategoricalCrossentropy();
    }
}
