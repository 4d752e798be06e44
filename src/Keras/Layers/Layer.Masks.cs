using System.Diagnostics.CodeAnalysis;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

public abstract partial class Layer
{
    /// <summary>Whether the layer passes on the mask that its input has; otherwise the mask ends here, which a warning says. A layer of
    /// your own that keeps the steps of a sequence overrides it, or says what its mask is: <see cref="compute_mask(Tensor, Tensor?)"/>.
    /// Keras: supports_masking.</summary>
    public virtual bool supports_masking => false;

    /// <summary>The mask of the output, where <see cref="supports_masking"/>: by default that of the input. Keras: compute_mask.</summary>
    /// <param name="inputs">The batch.</param>
    /// <param name="mask">Which of its steps count, bool; null: all.</param>
    public virtual Tensor? compute_mask(Tensor inputs, Tensor? mask) => mask;

    /// <summary>The mask of the output of a layer of several inputs; by default as of the first.</summary>
    /// <param name="inputs">The batches.</param>
    /// <param name="masks">Which of their steps count, bool; null: all.</param>
    public virtual Tensor? compute_mask(Tensor[] inputs, Tensor?[] masks) => compute_mask(inputs[0], masks[0]);

    /// <summary>The masks of several outputs; by default the first has that of <see cref="compute_mask(Tensor[], Tensor?[])"/>, and the
    /// others, which are states, have none. Keras: compute_mask, which may give a list.</summary>
    /// <param name="inputs">The batches.</param>
    /// <param name="masks">Which of their steps count, bool; null: all.</param>
    public virtual Tensor?[] compute_masks(Tensor[] inputs, Tensor?[] masks) => [compute_mask(inputs, masks)];

    /// <summary>Which steps of a batch count, as bool (batch, steps), where a layer before has said so. Use it inside of call. Keras gives
    /// call an argument mask.</summary>
    protected static Tensor? MaskOf(Tensor inputs) => inputs.Mask;

    bool? hasMaskOfItsOwn;

    /// <summary>Whether somebody's own class says what its mask is: then it passes one on, as in Keras.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A method that overrides is kept with the one that it overrides.")]
    bool OverridesMask() => new[]
    {
        new Func<Tensor, Tensor?, Tensor?>(compute_mask).Method, new Func<Tensor[], Tensor?[], Tensor?>(compute_mask).Method,
        new Func<Tensor[], Tensor?[], Tensor?[]>(compute_masks).Method,
    }.Any(m => m.DeclaringType!.Assembly != typeof(Layer).Assembly);

    /// <summary>Masks go to the outputs, unless call has put them.</summary>
    static void PutMasks(Tensor[] outputs, Tensor?[] masks)
    {
        for (var i = 0; i < Math.Min(outputs.Length, masks.Length); i++)
            if (outputs[i].Mask is null && masks[i] is { } mask) outputs[i].Mask = mask;
    }

    private protected virtual void SayMaskEnds() => Warnings.Once("mask:" + name,
        $"Layer '{name}' gets an input with a mask and does not pass it on: what follows counts the steps that are masked out. "
            + "A layer of your own that keeps the steps overrides supports_masking.", this);
}
