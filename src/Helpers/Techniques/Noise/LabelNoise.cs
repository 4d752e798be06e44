using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The cross-entropy of labels of which a learned part is wrong: −log((1 − ε_k)·p_k + Σ_c ε_c·p_c/K) for the label k of K.
/// </summary>
/// <remarks>
/// A right label c is kept with probability 1 − ε_c and else drawn anew from all K classes. With one rate that is −log((1 − ε)·p_k + ε/K).
/// In a model: <c>var noise = new LabelNoise(3)</c>, then <c>model.compile(optimizer, noise)</c>; the rates train with the weights. In the
/// targets the same number, label smoothing, runs away; in the likelihood it has a minimum, because a label that the model cannot explain
/// costs log(K/ε) and each that it can costs −log(1 − ε).
/// It finds the rate where the model can tell the classes apart and does not learn wrong labels by heart: a strong penalty hides the noise,
/// too many free weights explain it away.
/// Judge: a normalised likelihood. Sources: Sukhbaatar et al. 2015; Goldberger and Ben-Reuven 2017.
/// </remarks>
public sealed class LabelNoise : Loss
{
    readonly int classes;
    readonly bool perClass;
    [Argument("name")]
    readonly string called;
    readonly UnitInterval rates;

    /// <summary>One rate for all classes, or one for each.</summary>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="perClass">Whether each class has a rate of its own.</param>
    /// <param name="initial">The first rate, between 0 and 1; may be one for each class.</param>
    /// <param name="name">The name of the rates in records and charts.</param>
    public LabelNoise(int classes, bool perClass = false, Hyperparameter? initial = null, string name = "noise") : base(name: "label_noise")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        (this.classes, this.perClass, called) = (classes, perClass, name);
        rates = new(Several.Of(initial ?? 0.1, perClass ? classes : 1, "LabelNoise initial"), name, keras.config.floatx());
    }

    /// <summary>ε: shape (1,), or (classes,).</summary>
    public UnitInterval Rates => rates;

    // In a file stands what has been learned; an end to which a rate was rounded is none to begin at.
    [Argument("initial")]
    double[] Now => Array.ConvertAll(rates.Value.ToArray<double>(), r => Math.Clamp(r, 1e-9, 1 - 1e-9));

    /// <inheritdoc/>
    /// <param name="y_true">One-hot labels, shape (n, classes).</param>
    /// <param name="y_pred">Probabilities, shape (n, classes): the last layer is a softmax.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="ArgumentException">The predictions are no probabilities.</exception>
    public override Tensor call(Tensor y_true, Tensor y_pred)
    {
        if (y_true.shape != y_pred.shape || y_pred.shape is not [.., var k] || k != classes)
            throw new ShapeException(
                $"LabelNoise: expected one-hot labels and probabilities of shape (n, {classes}). "
                    + $"Received: {y_true.shape} and {y_pred.shape}. Take tf.one_hot for whole-number labels.");
        var sums = tf.reduce_sum(tf.abs(tf.stop_gradient(y_pred)), -1);
        if ((double)tf.reduce_max(tf.abs(sums - 1.0)) is > 1e-3 and var off)
            throw new ArgumentException($"LabelNoise: expected probabilities, at least 0 and with the sum 1. Received: a row that is off by "
                + $"{Numbers.Show(off, 3)}. End the model with activation: \"softmax\".");
        var (e, y) = (tf.cast(rates.Value, y_pred.dtype), tf.cast(y_true, y_pred.dtype));
        var seen = (1.0 - e) * y_pred + tf.reduce_sum(e * y_pred, -1, keepdims: true) / (double)classes;
        return -tf.reduce_sum(y * tf.log(seen + keras.config.epsilon()), -1);
    }
}
