using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>The scores behind probabilities that Keras' softmax or sigmoid made, for losses that are exact on scores.</summary>
/// <remarks>
/// As on TensorFlow: a probability of 1e-40 has a log of −92 there, where the clipped probability would give −16 and a gradient of 0.
/// Other ways to probabilities (tf.nn.softmax, a division) leave no scores.
/// </remarks>
static class Logits
{
    public static Tensor Remember(Tensor probabilities, Tensor logits)
    {
        probabilities.Logits = logits;
        return probabilities;
    }

    public static Tensor? Of(Tensor probabilities) => probabilities.Logits;
}
