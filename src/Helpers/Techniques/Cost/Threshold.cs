using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>z = x where x is above a learned threshold θ, else 0 (JumpReLU), with a price on how many are above it.</summary>
/// <remarks>
/// z and the count are constant in θ but where x jumps over it, so their own gradients by θ are exactly 0. Here they are estimated from the
/// x within a band of width ε around θ: ∂z/∂θ = −θ/ε and ∂1[x &gt; θ]/∂θ = −1/ε inside of the band, 0 outside. The estimate has a bias that
/// one can write down: of E(x − z)² + λ·P(x &gt; θ) the best threshold is √λ whatever x is like, and where the density of x is flat the
/// estimate rests at ε/8 + √(λ + ε²/64). A wide band hears more data and is more wrong.
/// Shapes: (batch, …, n) → the same; log θ (n). <c>new Threshold(price: 0.04, band: 0.02)</c> behind the layer whose units it counts.
/// Judge: the training loss, with a price that you declare. Source: Rajamanoharan et al. 2024.
/// </remarks>
public sealed class Threshold : Layer
{
    /// <summary>So many steps in a row a band may be empty before it is named.</summary>
    const int Patience = 10;

    /// <summary>And that of a single unit, in which a batch may well have nothing near.</summary>
    const int PatienceWithUnit = 100;

    /// <summary>So many numbers that are all far away are no chance.</summary>
    const int Many = 16;

    readonly Hyperparameter price;
    readonly double band;
    [Argument("initial")]
    readonly double first;
    int empty;
    int[] silent = [];

    /// <summary>A threshold for each unit along the last axis.</summary>
    /// <param name="price">λ: what each unit above its threshold costs, on average over the batch, and over the steps that its mask counts;
    /// added to the loss. Default 0. May be a variable or a <see cref="Multiplier"/>'s.</param>
    /// <param name="initial">The first θ, above 0; default 0.1, in the unit of x.</param>
    /// <param name="band">ε, the width of the band that the estimate hears, above 0; default 0.1, in the unit of x.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public Threshold(Hyperparameter? price = null, double initial = 0.1, double band = 0.1, string? name = null) : base(name)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(initial);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(band);
        ArgumentOutOfRangeException.ThrowIfEqual(initial, double.PositiveInfinity);
        ArgumentOutOfRangeException.ThrowIfEqual(band, double.PositiveInfinity);
        this.price = (price ?? 0).Within("Threshold price", low: 0);
        (first, this.band) = (initial, band);
    }

    /// <summary>log θ of each unit; null before the layer is built.</summary>
    public Variable? log_theta { get; private set; }

    /// <summary>θ of each unit.</summary>
    /// <exception cref="ModelException">The layer is not built.</exception>
    public Tensor Value => tf.exp(log_theta?.value() ?? throw new ModelException($"Layer '{name}': expected a layer that is built. "
        + "Received: one that has not met an input. Call the model once."));

    /// <inheritdoc/>
    /// <exception cref="ShapeException">There is no axis of units.</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank < 2 || input_shape[^1] < 1)
            throw new ShapeException($"Layer '{name}': expected units along the last axis of (batch, …, n). Received: {input_shape}, which "
                + "has none. Put the threshold behind a layer with units.");
        log_theta = add_weight(input_shape[^1], new Constant(Math.Log(first)), "log_theta");
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var theta = Value;
        var above = tf.cast(tf.greater(inputs, theta), inputs.dtype);
        var near = tf.cast(tf.less(tf.abs(inputs - theta), band / 2), inputs.dtype);
        var counts = MaskWeights.Of(inputs, MaskOf(inputs));
        if (training) SayWhereNothingIsHeard(inputs, counts is null ? near : near * counts, counts);
        // 0 with the slope that the estimate gives: −1/ε inside of the band.
        var rate = tf.stop_gradient(near / band);
        var moved = theta - tf.stop_gradient(theta);
        if (price.Number != 0)
        {
            var units = tf.cast(inputs.shape[^1], inputs.dtype);
            add_loss(price.value(dtype) * units * MaskWeights.Mean(tf.stop_gradient(above) - rate * moved, counts));
        }
        return inputs * tf.stop_gradient(above) - tf.stop_gradient(theta) * rate * moved;
    }

    void SayWhereNothingIsHeard(Tensor inputs, Tensor near, Tensor? counts)
    {
        var units = inputs.shape[^1];
        if (inputs.size == 0 || (counts is not null && (double)tf.reduce_max(counts) == 0)) return;
        var heard = tf.reduce_max(tf.reshape(near, new Shape(-1, units)), 0).ToArray<double>();
        if (silent.Length != units) silent = new int[units];
        for (var i = 0; i < units; i++) silent[i] = heard[i] > 0 ? 0 : silent[i] + 1;
        empty = Array.Exists(heard, h => h > 0) ? 0 : empty + 1;
        if (empty >= Patience || (empty > 0 && IsFarAway(inputs, counts)))
            Say("empty", inputs, counts, [.. Enumerable.Range(0, units)], empty == 1 ? "none in a step" : $"none for {empty} steps",
                "and no threshold moves");
        int[] lost = [.. Enumerable.Range(0, units).Where(i => silent[i] >= PatienceWithUnit)];
        if (empty == 0 && lost.Length > 0)
            Say("unit", inputs, counts, lost, $"none for {PatienceWithUnit} steps at {lost.Length} of {units} units "
                + $"({string.Join(", ", lost.Take(8))}{(lost.Length > 8 ? ", …" : "")})", "and these thresholds do not move");
    }

    /// <summary>Whether all of many numbers lie on one side, further away than they are from each other: that is no chance.</summary>
    bool IsFarAway(Tensor inputs, Tensor? counts)
    {
        if ((counts is null ? inputs.size : (double)tf.reduce_sum(counts)) < Many) return false;
        var apart = tf.stop_gradient(inputs - Value);
        Tensor Counted(double other) => counts is null ? apart : tf.where(tf.greater(counts, 0.0), apart, other);
        var (least, most) = ((double)tf.reduce_min(Counted(1e30)), (double)tf.reduce_max(Counted(-1e30)));
        return Math.Max(least, -most) > most - least;
    }

    void Say(string key, Tensor inputs, Tensor? counts, int[] units, string received, string then)
    {
        var apart = tf.abs(tf.stop_gradient(inputs - Value));
        if (counts is not null) apart = tf.where(tf.greater(counts, 0.0), apart, 1e30);
        var away = tf.reshape(apart, new Shape(-1, inputs.shape[^1]));
        var distance = (double)tf.reduce_min(tf.gather(away, units, axis: -1));
        // What is not a number is named where it arises.
        if (double.IsFinite(distance))
            Warnings.Once(key, $"Threshold '{name}': expected inputs within {Numbers.Show(band / 2)} of a threshold, where its gradient is "
                + $"estimated. Received: {received}; the nearest is {Numbers.Show(distance)} away. There the gradient is 0 {then}. "
                + "Start nearer to the data (initial), or take a wider band.", this);
    }
}
