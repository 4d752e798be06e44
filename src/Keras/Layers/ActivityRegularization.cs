namespace Workbook.Keras;

/// <summary>Gives what it gets, and adds a penalty on it to the loss: l1 · Σ|x| + l2 · Σx², divided by the batch size. Keras:
/// keras.layers.ActivityRegularization.</summary>
/// <remarks>Any layer has an activity_regularizer, which does the same.</remarks>
public sealed class ActivityRegularization : Layer
{
    readonly Hyperparameter l1, l2;

    /// <summary>A penalty on what goes through.</summary>
    /// <param name="l1">The strength of the sum of sizes; default 0; may be a variable.</param>
    /// <param name="l2">The strength of the sum of squares; default 0; may be a variable.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    public ActivityRegularization(Hyperparameter? l1 = null, Hyperparameter? l2 = null, string? name = null) : base(name)
    {
        (this.l1, this.l2) = (l1 ?? 0, l2 ?? 0);
        activity_regularizer = new L1L2(this.l1, this.l2);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => inputs;
}
