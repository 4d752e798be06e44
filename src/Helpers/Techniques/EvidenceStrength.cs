using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// An L2 strength that the evidence moves: how probable the targets are when the weights of the last, linear layer are integrated out.
/// </summary>
/// <remarks>
/// In a model: <c>var judge = new EvidenceStrength(x, y)</c>, then <c>layers.Dense(1, kernel_regularizer:
/// regularizers.l2(judge.Strength))</c> with the loss "mse", and
/// <c>model.fit(x, y, callbacks: [judge.ToCallback(optimizers.Adam(0.05))])</c>. The penalty strength·Σw² beside a mean of squares is a
/// prior of precision
/// λ = strength·α·n with the noise precision α and n rows; both α and the strength move up <see cref="Evidence.Log"/>. A free bias is taken
/// out by centring features and targets.
/// Judge: a normalised likelihood. It needs a squared error and more rows than it has features that matter. Source: MacKay 1992.
/// </remarks>
public sealed class EvidenceStrength : HyperObjective
{
    readonly Func<Tensor> features;
    readonly Tensor target;

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
        : this(features, tf.cast(tf.reshape(y, y.size), tf.float64),
            new Positive((initial ?? 0.1).Fixed("EvidenceStrength initial"), name, tf.float64))
    {
    }

    EvidenceStrength(Func<Tensor> features, Tensor y, Positive strength)
        : this(features, Scaling.Center(Varied(y)), strength, new(1 / tf.math.reduce_variance(y), strength.Name + ": noise precision"))
    {
    }

    EvidenceStrength(Func<Tensor> features, Tensor target, Positive strength, Positive noise)
        : base(Judge.Evidence, [strength.Raw, noise.Raw], [])
    {
        (this.features, this.target, Strength, Noise) = (features, target, strength, noise);
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
        var (loss,
            gradients) = Derivatives.Of(
                () => -Evidence.Log(Scaling.Center(tf.cast(Rows(features()), tf.float64)), target, Noise,
                    Strength.Value * Noise.Value * (double)target.size), [.. Variables]);
        return new(loss, Read(gradients));
    }

    /// <summary>Features with a row for each target.</summary>
    Tensor Rows(Tensor x) => x.shape is [var n, _] && n == target.size ? x
        : throw new JudgeException(
            $"EvidenceStrength: expected features of shape (n, d) with a row for each of the {target.size} targets. "
                + $"Received: shape {x.shape}.");

    static Tensor Varied(Tensor y) => y.size > 1 && (double)tf.math.reduce_variance(y) is > 0 and < double.PositiveInfinity ? y
        : throw new JudgeException(
            $"A judge needs data: expected at least two targets, finite and not all the same. "
                + $"Received: {y.size}{(y.size > 1 ? " that are not" : "")}.");
}
