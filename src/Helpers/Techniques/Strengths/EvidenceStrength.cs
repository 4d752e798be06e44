using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// An L2 strength that the evidence moves: how probable the targets are when the weights of the last, linear layer are integrated out.
/// </summary>
/// <remarks>
/// One line beside a fit: with a last layer <c>layers.Dense(1, kernel_regularizer: regularizers.l2(new Positive(0.1)))</c> and the loss
/// "mse", <c>model.fit(x, y, callbacks: [new EvidenceStrength(model, x, y).ToCallback(optimizers.Adam(0.05))])</c>. Or make the judge
/// first: <c>var judge = new EvidenceStrength(x, y)</c>, with <c>regularizers.l2(judge.Strength)</c> in the layer. The penalty
/// strength·Σw² beside a mean of squares over n rows and k outputs is a prior of precision λ = strength·α·n·k with the noise precision α;
/// both α and the strength move up <see cref="Evidence.Log"/>. A free bias is taken out by centring features and targets.
/// <see cref="Settle"/> goes to the maximum at once, whatever the units: a strength far from its optimum is a long way for small steps.
/// Judge: a normalised likelihood. It needs a squared error and more rows than it has features that matter. Source: MacKay 1992.
/// </remarks>
public sealed class EvidenceStrength : HyperObjective
{
    readonly Func<Tensor> features;
    readonly Tensor target;
    readonly bool centred;

    /// <summary>The strength of a linear model.</summary>
    /// <param name="x">Features, shape (n, d).</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="initial">The first strength, above 0; default 0.1.</param>
    /// <param name="name">The name of the strength in records and charts.</param>
    public EvidenceStrength(Tensor x, Tensor y, Hyperparameter? initial = null, string name = "strength") : this(() => x, y, initial, name)
    {
    }

    /// <summary>The strength of the last layer of a network, whose other layers make the features.</summary>
    /// <param name="features">The inputs of the last layer for all rows, shape (n, d): <c>() =&gt; body.Apply(x)</c>.</param>
    /// <param name="y">Targets, shape (n,) or (n, 1).</param>
    /// <param name="initial">The first strength, above 0; default 0.1.</param>
    /// <param name="name">The name of the strength in records and charts.</param>
    public EvidenceStrength(Func<Tensor> features, Tensor y, Hyperparameter? initial = null, string name = "strength")
        : this(features, y, new Positive((initial ?? 0.1).Fixed("EvidenceStrength initial"), name, tf.float64), centred: true)
    {
    }

    /// <summary>The strength that stands in the last layer of a model, a linear one.</summary>
    /// <param name="model">A model that is built, whose last layer is a <c>Dense</c> without activation, with
    /// <c>regularizers.l2(new Positive(0.1))</c>. What comes before it makes the features, at every look anew.</param>
    /// <param name="x">The inputs of the model for all rows.</param>
    /// <param name="y">Targets, shape (n,), or (n, k) for k units.</param>
    /// <exception cref="ArgumentException">The last layer is another one, or holds no such strength.</exception>
    public EvidenceStrength(Model model, Tensor x, Tensor y) : this(new LastLayer(model, x), y)
    {
    }

    EvidenceStrength(LastLayer last, Tensor y) : this(last.Features, y, last.Strength, last.HasBias)
    {
    }

    EvidenceStrength(Func<Tensor> features, Tensor y, Positive strength, bool centred)
        : this(features, tf.cast(y.ndim == 2 ? y : tf.reshape(y, (y.size, 1)), tf.float64), centred, strength)
    {
    }

    EvidenceStrength(Func<Tensor> features, Tensor y, bool centred, Positive strength)
        : this(features, centred ? Scaling.Center(Varied(y)) : Varied(y), centred, strength,
            new(1 / tf.reduce_mean(tf.square(Scaling.Center(y))), strength.Name + ": noise precision"))
    {
    }

    EvidenceStrength(Func<Tensor> features, Tensor target, bool centred, Positive strength, Positive noise)
        : base(Judge.Evidence, [strength.Raw, noise.Raw], [])
    {
        (this.features, this.target, this.centred, Strength, Noise) = (features, target, centred, strength, noise);
        // Not trainable: the training loss of the model that uses them would run away with them.
        foreach (var v in Variables) v.trainable = false;
    }

    /// <summary>The strength for <c>regularizers.l2</c> beside a mean squared error.</summary>
    public Positive Strength { get; }

    /// <summary>α, the precision of the noise: 1 / variance.</summary>
    public Positive Noise { get; }

    /// <inheritdoc/>
    public override Hypergradient Evaluate()
    {
        var (loss, gradients) = Derivatives.Of(
            () => -Evidence.Log(Rows(features()), target, Noise, tf.cast(Strength.Value, tf.float64) * Noise.Value * (double)target.size),
            [.. Variables]);
        return new(loss, Read(gradients));
    }

    /// <summary>Sets the strength and the noise to those of the largest evidence, for the features of today.</summary>
    /// <remarks>By <see cref="Evidence.Maximize"/>: no rate, no steps. For one output with a free bias.</remarks>
    /// <exception cref="JudgeException">The features hold no signal, so that no finite strength is best; or see there.</exception>
    /// <exception cref="InvalidOperationException">More than one output, or no bias.</exception>
    public EvidenceFit Settle()
    {
        if (target.shape[1] != 1 || !centred)
            throw new InvalidOperationException(
                $"EvidenceStrength: expected one output with a free bias. Received: {target.shape[1]} outputs"
                    + $"{(centred ? "" : ", no bias")}. Use ToCallback, which moves the strength in steps.");
        var fit = Evidence.Maximize(Rows(features()), target);
        if (!double.IsFinite(fit.Lambda))
            throw new JudgeException(
                "EvidenceStrength: expected features that hold a signal. Received: less than noise alone would show, so that the best "
                    + "strength is infinite. Predict the mean of the targets, or bring other features.");
        Strength.Assign(fit.Ratio / target.size);
        Noise.Assign(fit.Alpha);
        return fit;
    }

    /// <summary>Features with a row for each target, in float64; centred where there is a free bias.</summary>
    Tensor Rows(Tensor x)
    {
        if (x.shape is not [var n, _] || n != target.shape[0])
            throw new JudgeException(
                $"EvidenceStrength: expected features of shape (n, d) with a row for each of the {target.shape[0]} targets. "
                    + $"Received: shape {x.shape}.");
        var all = tf.cast(x, tf.float64);
        return centred ? Scaling.Center(all) : all;
    }

    static Tensor Varied(Tensor y) =>
        y.shape[0] > 1 && tf.math.reduce_variance(y, axis: 0).ToArray<double>().All(v => v is > 0 and < double.PositiveInfinity) ? y
        : throw new JudgeException(
            $"A judge needs data: expected at least two targets, finite and not all the same. "
                + $"Received: {y.shape[0]}{(y.shape[0] > 1 ? " that are not" : "")}.");
}
