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

    /// <summary>The scores that a loss takes, as on TensorFlow: those behind its probabilities, also where it was told to expect scores.
    /// </summary>
    /// <param name="loss">The name of the loss, for the message.</param>
    /// <param name="predictions">What it gets.</param>
    /// <param name="from_logits">Whether it was told that these are scores.</param>
    /// <returns>null: probabilities without scores.</returns>
    public static Tensor? Scores(string loss, Tensor predictions, bool from_logits)
    {
        if (Of(predictions) is not { } scores) return from_logits ? predictions : null;
        if (from_logits) SayProbabilities(loss, "The scores behind it are used.");
        return scores;
    }

    /// <summary>A loss that expects scores gets probabilities.</summary>
    public static void SayProbabilities(string loss, string what) =>
        Warnings.Once($"logits:{loss}", $"{loss}: expected scores, as from_logits: true says. Received: the output of a softmax or "
            + $"sigmoid. {what} Leave out the activation of the last layer, or from_logits.");
}
