using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A Dense layer whose kernel is a product A·B with the same decay on both factors: it learns how many of its directions to
/// keep.</summary>
/// <remarks>
/// y = activation(x·A·B + bias), with the penalty strength/2·(‖A‖² + ‖B‖²). The least that it can be for a given product is strength times
/// the sum of the product's singular values, so each of them is pulled to zero by the same amount and small ones become exactly 0: of
/// ½‖A·B − M‖² the best product has the singular values max(σ − strength, 0) of M. Decay on one factor alone does not do that: that factor
/// falls and the other grows without end.
/// Shapes: x (batch, …, n) → (batch, …, units); A (n, rank), B (rank, units) Glorot uniform; bias (units) zeros.
/// Judge: the training loss, with the strength as a budget that you declare. Sources: Srebro, Rennie, Jaakkola 2004; Hu et al. 2022 (LoRA).
/// </remarks>
public sealed class LowRank : Layer
{
    readonly int units;
    readonly int? rank;
    readonly ActivationFunction activation;
    readonly bool use_bias;
    readonly Regularizer? decay;
    [Argument("strength")]
    readonly Hyperparameter? given;

    /// <summary>A layer of two factors.</summary>
    /// <param name="units">The length of the last axis of the output; at least 1.</param>
    /// <param name="strength">Of the decay, at least 0; a variable trains, if its judge is not the training loss.</param>
    /// <param name="rank">The largest rank; default: the smaller of inputs and units.</param>
    /// <param name="activation">Default: none.</param>
    /// <param name="use_bias">Default true.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public LowRank(int units, Hyperparameter? strength = null, int? rank = null, ActivationFunction? activation = null,
        bool use_bias = true, string? name = null) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        if (rank is { } r) ArgumentOutOfRangeException.ThrowIfLessThan(r, 1, nameof(rank));
        (this.units, this.rank, this.use_bias) = (units, rank, use_bias);
        this.activation = activation ?? "linear";
        given = strength;
        decay = strength is null ? null : new Decay(strength.Within("LowRank strength", low: 0));
    }

    /// <summary>A, (inputs, rank); null before the layer is built.</summary>
    public Variable? first { get; private set; }

    /// <summary>B, (rank, units); null before the layer is built.</summary>
    public Variable? second { get; private set; }

    /// <summary>(units); null before the layer is built, or without a bias.</summary>
    public Variable? bias { get; private set; }

    /// <summary>The singular values of A·B, the largest first, without those that are 0 up to rounding.</summary>
    /// <exception cref="ModelException">The layer is not built.</exception>
    public IReadOnlyList<double> SingularValues => [.. Decomposed().Values.OrderDescending()];

    /// <summary>How many singular values of A·B count.</summary>
    /// <param name="tolerance">Those above it count; default one part in 10⁴ of the largest.</param>
    /// <exception cref="ModelException">The layer is not built.</exception>
    public int Rank(double? tolerance = null)
    {
        var values = SingularValues;
        return values.Count(v => v > (tolerance ?? 1e-4 * values[0]));
    }

    /// <summary>The best factors of a smaller rank: both halves of the largest singular values, for two Dense layers or for
    /// <c>set_weights</c> of a LowRank of that rank.</summary>
    /// <param name="rank">From 1 to the number of singular values.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another rank.</exception>
    /// <exception cref="ModelException">The layer is not built.</exception>
    public (Tensor First, Tensor Second) Truncated(int rank)
    {
        var found = Decomposed();
        ArgumentOutOfRangeException.ThrowIfLessThan(rank, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rank, found.Values.Length);
        int[] kept = [.. Enumerable.Range(0, found.Values.Length).OrderByDescending(j => found.Values[j]).Take(rank)];
        return (tf.transpose(Halves(found.Left)), Halves(found.Right));

        Tensor Halves(double[][] sides) => tf.cast(tf.stack([.. kept.Select(j =>
            Math.Sqrt(found.Values[j]) * tf.constant(sides[j]))]), first!.dtype);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">There is no axis of features.</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank < 2 || input_shape[^1] < 1)
            throw new ShapeException($"Layer '{name}': expected an input of shape (batch, …, features). Received: {input_shape}.");
        var most = rank ?? Math.Min(input_shape[^1], units);
        first = add_weight((input_shape[^1], most), new GlorotUniform(), "first", decay);
        second = add_weight((most, units), new GlorotUniform(), "second", decay);
        if (use_bias) bias = add_weight(units, new Zeros(), "bias");
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var product = tf.matmul(tf.matmul(tf.reshape(inputs, new Shape(-1, inputs.shape[^1])), first!), second!);
        var y = tf.reshape(product, new Shape([.. inputs.shape.ToArray()[..^1], units]));
        return activation.Apply(bias is null ? y : y + bias);
    }

    /// <summary>strength/2·‖w‖².</summary>
    sealed class Decay(Hyperparameter strength) : Regularizer
    {
        readonly Hyperparameter strength = strength;

        public override Tensor Apply(Tensor w) => strength.value(w.dtype) / 2 * tf.reduce_sum(tf.square(w));
    }

    SingularValues Decomposed()
    {
        if (first is null || second is null)
            throw new ModelException($"Layer '{name}': expected a layer that is built. Received: one that has not met an input. "
                + "Call the model once.");
        var product = tf.stop_gradient(tf.matmul(first.read_value(), second.read_value()));
        if (!double.IsFinite((double)tf.reduce_sum(tf.abs(product))))
            throw new NumericException($"Layer '{name}': expected factors that are finite. Received: NaN or infinity. Training has diverged: "
                + "take a smaller learning rate.");
        var kernel = tf.transpose(tf.cast(product, tf.float64));
        var (columns, rows, all) = (kernel.shape[0], kernel.shape[1], kernel.ToArray<double>());
        double[][] each = [.. Enumerable.Range(0, columns).Select(j => all[(j * rows)..((j + 1) * rows)])];
        return new(each, Array.ConvertAll(each, c => c.Max(Math.Abs)));
    }
}
