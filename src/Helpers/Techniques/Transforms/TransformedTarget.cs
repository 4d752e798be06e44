using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A loss for a skewed target: the model predicts it transformed, with a λ and a noise σ that train by the same
/// likelihood.</summary>
/// <remarks>
/// <c>var target = new TransformedTarget(new BoxCox(), y); model.compile("adam", target); model.fit(x, y);</c> and then
/// <c>target.Median(model.predict(x))</c>. The model that is compiled with it owns λ and σ.
/// For each row −log p(y) = ½(z − f)²/σ² + log σ + ½·log 2π − log(dz/dy), in the unit of y, with z the transform of y in its own unit
/// (<see cref="LearnedTransform.Unit"/> of the y given here) and f the prediction: losses of different transformations, and of none, may
/// be compared. σ starts at the deviation of z.
/// What comes back to the original scale is named: the prediction itself comes back as the <see cref="Median"/>; the
/// <see cref="Mean"/> is another number, since a mean does not pass through a curve.
/// Judge: a normalised likelihood. Source: Box and Cox 1964. scikit-learn: TransformedTargetRegressor, with a given transformation.
/// </remarks>
public sealed class TransformedTarget : Loss
{
    // Beyond it a normal has 1e-15 of its weight; a step of a tenth integrates it to rounding.
    const double Reach = 8, Width = 0.1;

    readonly Tensor training;
    readonly LearnedTransform transform;
    readonly Positive noise;

    /// <summary>A target that is learned transformed.</summary>
    /// <param name="transform">With one λ, which trains; <c>trainable: false</c> on it keeps it.</param>
    /// <param name="y">The targets of training, shape (rows,) or (rows, 1): they give the unit.</param>
    /// <param name="name">The name in messages.</param>
    /// <exception cref="ArgumentException">A target that the transformation does not take, is constant, or does not come back from
    /// it.</exception>
    public TransformedTarget(LearnedTransform transform, Tensor y, string name = "transformed_target") : base(name: name)
    {
        if (transform.Lambda.shape.Size != 1)
            throw new ShapeException($"TransformedTarget: expected a transformation with one lambda. Received: {transform.Lambda.shape}. "
                + "Give each target its own.");
        if (y.size != y.shape[0])
            throw new ShapeException($"TransformedTarget: expected one target, shape (rows,) or (rows, 1). Received: {y.shape}. "
                + "Give each target its own.");
        this.transform = transform;
        training = tf.cast(tf.reshape(y, -1), Type);
        var (shift, scale) = transform.Unit(tf.cast(tf.reshape(y, -1), tf.float64));
        (Shift, Scale) = ((double)shift, (double)scale);
        Verify();
        noise = new Positive((double)tf.math.reduce_std(ToModel(training)), "noise", Type);
    }

    /// <summary>The transformation; its λ trains with the model.</summary>
    public LearnedTransform Transform => transform;

    /// <summary>σ, the standard deviation of z around the predictions: trains with the model.</summary>
    public Positive Noise => noise;

    /// <summary>What is taken from y before it is transformed.</summary>
    public double Shift { get; }

    /// <summary>What y is divided by then.</summary>
    public double Scale { get; }

    DType Type => transform.Lambda.dtype;

    /// <summary>−log p(y) of each row, in the unit of y.</summary>
    /// <param name="y_true">The targets, on their original scale.</param>
    /// <param name="y_pred">Predictions of z.</param>
    /// <exception cref="ShapeException">Not as many targets as predictions.</exception>
    public override Tensor call(Tensor y_true, Tensor y_pred)
    {
        if (y_true.size != y_pred.size)
            throw new ShapeException($"TransformedTarget: expected a prediction for each target. Received: {y_true.shape} and {y_pred.shape}. "
                + "The model must end with one unit.");
        var u = InUnit(tf.reshape(y_true, y_pred.shape));
        var left = (transform.Apply(u) - tf.cast(y_pred, Type)) * tf.exp(-noise.Log);
        return tf.cast(0.5 * tf.square(left) + noise.Log + (0.5 * Math.Log(2 * Math.PI) + Math.Log(Scale)) - transform.LogSlope(u),
            y_pred.dtype);
    }

    /// <summary>z, what the model predicts.</summary>
    /// <param name="y">Targets on their original scale.</param>
    public Tensor ToModel(Operand y) => transform.Apply(InUnit(y));

    /// <summary>The median of y, from predictions of z: half of all targets are larger.</summary>
    /// <param name="predicted">What the model predicts.</param>
    /// <exception cref="ArgumentException">A prediction that no target has, or a transformation that does not come back from the training
    /// targets.</exception>
    public Tensor Median(Operand predicted)
    {
        Verify();
        return OutOfUnit(transform.Inverse(tf.cast(predicted, Type)));
    }

    /// <summary>The mean of y, from predictions of z and the noise σ: by a sum over the normal around each prediction.</summary>
    /// <remarks>
    /// What the normal puts beyond the end of the range counts there as the end, 0 for Box-Cox with λ &gt; 0. For a λ whose range ends at
    /// an infinite y, within eight σ of a prediction, there is no mean.
    /// </remarks>
    /// <param name="predicted">What the model predicts.</param>
    /// <exception cref="ArgumentException">There is no mean, or a transformation that does not come back from the training
    /// targets.</exception>
    public Tensor Mean(Operand predicted)
    {
        Verify();
        Tensor f = tf.cast(predicted, Type), sigma = noise.Value, sum = tf.zeros_like(f);
        foreach (var side in new[] { -Reach, Reach })
            if (Column.FirstRow(tf.logical_not(tf.math.is_finite(transform.Back(f + side * sigma)))) is { } at)
                throw new ArgumentException($"TransformedTarget: expected a target with a mean. Received: a lambda of "
                    + $"{Numbers.Show((double)transform.Lambda, 4)} and a noise of {Numbers.Show((double)sigma, 3)}, for which targets around "
                    + $"the prediction {Numbers.Show(at.Of(f), 4)} of row {at.Row} (counted from 0) have no bound. Take Median.");
        var (count, weights) = ((int)Math.Round(Reach / Width), 0.0);
        for (var i = -count; i <= count; i++)
        {
            var (t, weight) = (i * Width, Math.Exp(-0.5 * i * i * Width * Width));
            (sum, weights) = (sum + weight * transform.Back(f + t * sigma), weights + weight);
        }
        return OutOfUnit(sum / weights);
    }

    /// <summary>What a part p of all y lies below, from predictions of z and the noise σ.</summary>
    /// <remarks>Beyond the range of the transformation it is the end of y there: 0 for Box-Cox with λ &gt; 0, ∞ for λ &lt; 0.</remarks>
    /// <param name="predicted">What the model predicts.</param>
    /// <param name="p">A probability, such as 0.975; 0.5 is the median.</param>
    /// <exception cref="ArgumentException">A transformation that does not come back from the training targets.</exception>
    public Tensor Quantile(Operand predicted, double p)
    {
        Verify();
        return OutOfUnit(transform.Back(tf.cast(predicted, Type) + StandardNormal.Quantile(p) * noise.Value));
    }

    /// <summary>The ends between which a part of all y lies, with as much beyond each.</summary>
    /// <param name="predicted">What the model predicts.</param>
    /// <param name="level">The part, such as 0.95.</param>
    /// <exception cref="ArgumentException">A transformation that does not come back from the training targets.</exception>
    public (Tensor Low, Tensor High) Interval(Operand predicted, double level = 0.95) =>
        (Quantile(predicted, (1 - level) / 2), Quantile(predicted, (1 + level) / 2));

    Tensor InUnit(Operand y) => (tf.cast(y, Type) - Shift) / Scale;

    Tensor OutOfUnit(Tensor u) => Shift + Scale * u;

    /// <summary>Whether all targets of training come back.</summary>
    void Verify()
    {
        Tensor u = InUnit(training), back = transform.Back(transform.Apply(u));
        var spread = tf.reduce_max(u) - tf.reduce_min(u);
        if (Column.FirstRow(tf.logical_not(tf.abs(back - u) <= 1e-2 * spread)) is not { } at) return;
        var (from, to) = ((double)tf.reduce_min(training), (double)tf.reduce_max(training));
        throw new ArgumentException($"TransformedTarget: expected a transformation that is invertible on the range of its target, "
            + $"{Numbers.Show(from, 4)} to {Numbers.Show(to, 4)}. Received: {transform.GetType().Name} at lambda "
            + $"{Numbers.Show((double)transform.Lambda, 4)}, where {Numbers.Show(at.Of(training), 4)} in row {at.Row} (counted from 0) comes back as "
            + $"{Numbers.Show(at.Of(OutOfUnit(back)), 4)}. Take another transformation, or keep lambda nearer to 1.");
    }
}
