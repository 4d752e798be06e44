using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A gate for each feature or unit, between 0 and 1, that can close for good: what is closed is cut out of the model.</summary>
/// <remarks>
/// In training z = clip(s·(ζ − γ) + γ, 0, 1) with s = sigmoid((log u − log(1 − u) + log α) / β) and one even u for each gate and batch;
/// otherwise z = clip(sigmoid(log α)·(ζ − γ) + γ, 0, 1). A gate is open with P(z ≠ 0) = sigmoid(log α − β·log(−γ/ζ)), which is smooth, so
/// that a price on the number of open gates has a gradient. Shapes: (batch, …, n) → the same; log_alpha (n).
/// <c>Sequential([Input(64), new HardConcreteGate(price: 0.01), Dense(…), new HardConcreteGate(price: 0.01), Dense(10)])</c>, trained, then
/// <c>HardConcreteGate.Compact(model)</c>.
/// Each gate has two places of rest, so more stay open than must, and the first value matters.
/// Judge: the training loss, with the price as a budget that you declare. Source: Louizos, Welling, Kingma 2018.
/// </remarks>
public sealed class HardConcreteGate : Layer
{
    readonly Hyperparameter price;
    readonly double beta, gamma, zeta;
    [Argument("log_alpha")]
    readonly double first;
    [Argument("seed")]
    readonly long? start;
    readonly SplitMix64? own;

    /// <summary>Gates along the last axis of what goes in.</summary>
    /// <param name="price">What the expected number of open gates costs, each; added to the loss. Default 0. May be a variable or a
    /// <see cref="Multiplier"/>'s.</param>
    /// <param name="log_alpha">The first value; default 2.2: open with a probability of .98.</param>
    /// <param name="beta">How sharply gates switch, above 0; default 2/3.</param>
    /// <param name="gamma">Where s is stretched to, below 0; default −0.1.</param>
    /// <param name="zeta">And above 1; default 1.1.</param>
    /// <param name="seed">Of what is drawn in training; default: the global generator.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public HardConcreteGate(Hyperparameter? price = null, double log_alpha = 2.2, double beta = 2.0 / 3, double gamma = -0.1,
        double zeta = 1.1, long? seed = null, string? name = null) : base(name)
    {
        this.price = (price ?? 0).Within("HardConcreteGate price", low: 0);
        foreach (var (number, what) in new[] { (log_alpha, "log_alpha"), (beta, "beta"), (gamma, "gamma"), (zeta, "zeta") })
            if (!double.IsFinite(number))
                throw new ArgumentOutOfRangeException(what,
                    $"HardConcreteGate: expected a finite {what}. Received: {Numbers.Show(number)}.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(gamma, 0.0);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(zeta, 1.0);
        (first, this.beta, this.gamma, this.zeta) = (log_alpha, beta, gamma, zeta);
        start = seed;
        own = seed is { } s ? new((ulong)s) : null;
    }

    /// <summary>log α of each gate; null before the layer is built.</summary>
    public Variable? log_alpha { get; private set; }

    /// <summary>P(z ≠ 0) of each gate.</summary>
    /// <exception cref="ModelException">The layer is not built.</exception>
    public Tensor Open => Probability(Built(), beta, gamma, zeta);

    /// <summary>The gates as they are outside of training.</summary>
    /// <exception cref="ModelException">The layer is not built.</exception>
    public Tensor Value => tf.clip_by_value(tf.sigmoid(Built()) * (zeta - gamma) + gamma, 0, 1);

    /// <summary>The places of the gates that are not closed outside of training, from 0 on.</summary>
    /// <exception cref="ModelException">The layer is not built.</exception>
    public int[] Kept => [.. tf.stop_gradient(Value).ToArray<double>().Select((z, i) => (z, i)).Where(g => g.z > 0).Select(g => g.i)];

    /// <summary>P(z ≠ 0) = sigmoid(log α − β·log(−γ/ζ)).</summary>
    /// <param name="log_alpha">log α.</param>
    /// <param name="beta">β.</param>
    /// <param name="gamma">γ below 0.</param>
    /// <param name="zeta">ζ above 1.</param>
    public static Tensor Probability(Operand log_alpha, double beta = 2.0 / 3, double gamma = -0.1, double zeta = 1.1) =>
        tf.sigmoid(log_alpha - beta * Math.Log(-gamma / zeta));

    /// <summary>The smaller model: what closed gates stop is cut out, and what is left of the open ones is multiplied into the next
    /// weights. It predicts what the model predicts, and has layers of Keras alone, where paths do not part or meet.</summary>
    /// <param name="model">Sequential or functional, with gates, each behind the layer whose units it counts, behind an input, behind a
    /// sum, or around a recurrent layer as a <see cref="GatedRecurrent"/>. Between units and their gate there may be what takes each unit
    /// by itself; between a gate and the next weights dropout, pools, Flatten, ReLU, Concatenate, and sums of equal shapes.</param>
    /// <remarks>A unit of a sum goes if all branches have closed it. If only some have, these need not compute it: a
    /// <see cref="UnitPlaces"/> puts what they have left to its place in the sum, times what is left of its gate. It also stands where
    /// units go past their gate too, which keeps them. A branch of a sum whose gates have all closed goes altogether. Where an input goes
    /// into a gate alone, the smaller model takes the features that are left: <c>tf.gather(x, gate.Kept, axis: -1)</c>.</remarks>
    /// <exception cref="ArgumentException">No gate, one that cannot be cut out, or one that has closed all ways.</exception>
    public static Model Compact(Model model) => new Compacting(model).Run();

    /// <inheritdoc cref="Compact(Model)"/>
    public static Sequential Compact(Sequential model) => (Sequential)new Compacting(model).Run();

    /// <inheritdoc/>
    /// <exception cref="ShapeException">There is no axis of features.</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank < 2 || input_shape[^1] < 1)
            throw new ShapeException($"Layer '{name}': expected units or features along the last axis of (batch, …, n). "
                + $"Received: {input_shape}, which has none. Put the gate behind a layer with units.");
        log_alpha = add_weight(input_shape[^1], new Constant(first), "log_alpha");
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var alpha = log_alpha!.value();
        if (price.Number != 0) add_loss(tf.reduce_sum(price.value(dtype) * Probability(alpha, beta, gamma, zeta)));
        if (!training) return inputs * Value;
        var u = tf.random.uniform(log_alpha.shape, dtype: dtype, seed: (long?)own?.NextUInt64());
        // A draw of exactly 0 has no logarithm.
        u = tf.clip_by_value(u, 1e-7, 1 - 1e-7);
        var s = tf.sigmoid((tf.math.log(u) - tf.math.log(1 - u) + alpha) / beta);
        return inputs * tf.clip_by_value(s * (zeta - gamma) + gamma, 0, 1);
    }

    Tensor Built() => log_alpha?.value() ?? throw new ModelException($"Layer '{name}': expected a layer that is built. Received: one that has "
        + "not met an input. Call the model once.");
}
