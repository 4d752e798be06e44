namespace Workbook.Keras;

/// <summary>Gives what it gets, and adds a penalty on it to the loss: l1 · Σ|x| + l2 · Σx², divided by the batch size. Keras:
/// keras.layers.ActivityRegularization.</summary>
/// <remarks>Any layer has an activity_regularizer, which does the same.</remarks>
/// <param name="l1">The strength of the sum of sizes; default 0; may be a variable.</param>
/// <param name="l2">The strength of the sum of squares; default 0; may be a variable.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class ActivityRegularization(Hyperparameter? l1 = null, Hyperparameter? l2 = null, string? name = null) : Layer(name)
{
    [Argument("l1")]
    readonly Hyperparameter sizes = l1 ?? 0;
    [Argument("l2")]
    readonly Hyperparameter squares = l2 ?? 0;
    readonly L1L2 penalty = new(l1 ?? 0, l2 ?? 0);

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        add_loss(penalty.Apply(inputs) / (double)Math.Max(1, inputs.shape[0]));
        return inputs;
    }
}
