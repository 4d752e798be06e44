namespace Workbook.Keras;

/// <summary>Joins several inputs into one output. Derive from it for a layer of several inputs of your own; layers of Keras join element
/// by element, with broadcasting.</summary>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public abstract class Merge(string? name = null) : Joining(name)
{
    /// <summary>The computation: from at least two batches to one.</summary>
    /// <param name="inputs">The batches.</param>
    /// <param name="training">Whether this is a training step.</param>
    public new abstract Tensor call(Tensor[] inputs, bool training);

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <summary>A step counts where it counts in one of the inputs; all count where an input has no mask.</summary>
    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor[] inputs, Tensor?[] masks) =>
        Array.Exists(masks, m => m is null) ? null : masks.Aggregate((a, b) => tf.logical_or(a!, b!));

    private protected override Tensor Join(Tensor[] inputs, bool training) => call(inputs, training);
}
