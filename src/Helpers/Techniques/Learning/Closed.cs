using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Logits of −∞: choices that are closed. A factor leaves them so, and gets no gradient of them, which would be 0·∞.</summary>
static class Closed
{
    /// <summary>Whether a choice is not closed.</summary>
    public static Tensor IsOpen(Tensor logits) => tf.not_equal(tf.stop_gradient(logits), double.NegativeInfinity);

    /// <summary>factor·logits.</summary>
    /// <param name="factor">Above 0, a scalar.</param>
    /// <param name="logits">Any shape.</param>
    public static Tensor Times(Tensor factor, Tensor logits)
    {
        var open = IsOpen(logits);
        return (bool)tf.reduce_all(open) ? factor * logits
            : tf.where(open, factor * tf.where(open, logits, 0.0), double.NegativeInfinity);
    }
}
