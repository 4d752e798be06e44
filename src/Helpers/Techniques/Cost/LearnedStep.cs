using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>Rounds to 2ᵇ levels a learned step s apart (LSQ): what a number costs in bits, and where the levels lie, becomes training's
/// business.</summary>
/// <remarks>
/// y = s·q with q = round(clip(x/s, −Q, P)), Q = 2ᵇ⁻¹ and P = 2ᵇ⁻¹ − 1, or 0 and 2ᵇ − 1 without a sign; halfway: q = floor(x/s) + ½ within
/// ±(2ᵇ⁻¹ − ½), levels that lie symmetrically and leave out 0. Rounding has no slope, so the gradients are straight through: ∂y/∂x = 1
/// inside of the range and 0 outside, ∂y/∂s = q − x/s inside and q outside. That is not the slope of the error: for a normal x and 2 to 5
/// bits the step rests 5, 2, 1 and 0 % below the best one. The slope by s is multiplied by 1/√(n·P), n the elements of a row, as in the
/// source. The step is a <see cref="Positive"/>: a plain variable that a large step of training makes negative mirrors its levels, and its
/// own slope then pulls it further away.
/// Shapes: any → the same; in a model <c>new LearnedStep(bits: 4)</c> behind what is to be rounded, for a kernel
/// <see cref="Quantize(Tensor)"/>. Judge: the training loss. Source: Esser et al. 2020.
/// </remarks>
public sealed class LearnedStep : Layer
{
    /// <summary>So many times in a row nothing may come through before it is named.</summary>
    const int Patience = 10;

    readonly int bits;
    readonly bool signed, halfway, gradient_scale;
    readonly double? initial;
    readonly double low, high, half;
    readonly long untouched;
    bool waits;
    int lost;

    /// <summary>Levels a learned step apart.</summary>
    /// <param name="bits">b, from 1 to 16.</param>
    /// <param name="signed">Whether levels below 0 exist; default true. Without: for what comes behind a ReLU.</param>
    /// <param name="halfway">Whether the levels lie halfway between whole numbers of steps; only with a sign. Default false.</param>
    /// <param name="initial">The first step, above 0, in the unit of x. Default: 2·mean|x|/√P of the first batch that is not all 0,
    /// without steps that are masked out.</param>
    /// <param name="gradient_scale">Whether the slope by s is divided by √(n·P); default true.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentOutOfRangeException">Bits outside of 1 to 16, or a step that is not above 0.</exception>
    /// <exception cref="ArgumentException">Halfway levels without a sign.</exception>
    public LearnedStep(int bits, bool signed = true, bool halfway = false, Hyperparameter? initial = null, bool gradient_scale = true,
        string? name = null) : base(name)
    {
        if (bits is < 1 or > 16)
            throw new ArgumentOutOfRangeException(nameof(bits), $"LearnedStep: expected 1 to 16 bits. Received: {bits}. "
                + "Without a bit there is no level; above 16 a float32 has hardly more.");
        if (bits == 1 && signed && !halfway)
            throw new ArgumentOutOfRangeException(nameof(bits), "LearnedStep: expected at least 2 bits with a sign. Received: 1, whose "
                + "levels are −s and 0. Take halfway: true, whose levels are ±s/2, or signed: false.");
        if (halfway && !signed)
            throw new ArgumentException("LearnedStep: expected levels on both sides of 0 with halfway: true. Received: signed: false.");
        var first = (initial ?? 1).Fixed("LearnedStep initial");
        if (!(first > 0))
            throw new ArgumentOutOfRangeException(nameof(initial), $"LearnedStep: expected a step above 0. Received: "
                + $"{Numbers.Show(first)}. "
                + "A negative step mirrors the levels, and the straight-through slope then drives it further down.");
        (this.bits, this.signed, this.halfway, this.gradient_scale) = (bits, signed, halfway, gradient_scale);
        (this.initial, half) = (initial is null ? null : first, halfway ? 0.5 : 0);
        (low, high) = signed ? (-Math.Pow(2, bits - 1), Math.Pow(2, bits - 1) - 1) : (0, Math.Pow(2, bits) - 1);
        waits = initial is null;
        Step = new(tf.constant(first, dtype), this.name + "_step", dtype);
        untouched = Step.Raw.Written;
    }

    /// <summary>s, a scalar in the unit of x.</summary>
    public Positive Step { get; }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => Quantize(inputs, inputs.size / Math.Max(inputs.shape[0], 1));

    /// <summary>The levels that the elements of a tensor fall to, such as a kernel; with the same gradients.</summary>
    /// <param name="x">Any shape, finite.</param>
    public Tensor Quantize(Tensor x) => Quantize(x, x.size);

    Tensor Quantize(Tensor x, int count)
    {
        var counts = MaskWeights.Of(x, MaskOf(x));
        if (waits && !IsSample && x.size > 0 && (counts is null || (double)tf.reduce_max(counts) > 0)) Start(x, counts);
        var s = tf.cast(Step.Value, x.dtype);
        var fixedStep = tf.stop_gradient(s);
        var ratio = tf.stop_gradient(x) / fixedStep;
        // Halfway levels reach half a step beyond their ends, the others end with their last level.
        var reach = high + 2 * half;
        var inside = tf.cast(tf.logical_and(tf.greater_equal(ratio, low), half > 0 ? tf.less(ratio, reach) : tf.less_equal(ratio, reach)),
            x.dtype);
        var level = half > 0 ? tf.clip_by_value(tf.floor(ratio) + half, low + half, high + half)
            : tf.round(tf.clip_by_value(ratio, low, high));
        if (!IsSample && x.size > 1) SayWhereNothingComesThrough(x, ratio, inside);
        var slope = level - inside * ratio;
        if (gradient_scale) slope /= Math.Sqrt(count * Math.Max(high, 1));
        return fixedStep * level + inside * (x - tf.stop_gradient(x)) + slope * (s - fixedStep);
    }

    void SayWhereNothingComesThrough(Tensor x, Tensor ratio, Tensor inside)
    {
        var most = (double)tf.reduce_max(tf.abs(ratio));
        var (all0, allEnds) = (most > 0 && most < (half > 0 ? 0.05 : 0.5), (double)tf.reduce_max(inside) == 0);
        lost = all0 || allEnds ? lost + 1 : 0;
        var size = (double)tf.reduce_max(tf.abs(tf.stop_gradient(x)));
        if (lost < Patience || !double.IsFinite(size)) return;
        var below = !signed && (double)tf.reduce_max(x) <= 0;
        Warnings.Once("lost", $"LearnedStep '{name}': expected numbers on several levels. Received: for {Patience} batches "
            + (all0 ? "all on the level nearest to 0" : below ? "all below 0, where there are no levels without a sign"
                : "all beyond the last levels")
            + $"; the step is {Numbers.Show((double)Step.Value, 3)}, and the largest number {Numbers.Show(size, 3)}. There hardly a gradient "
            + "passes. " + (below && !all0 ? "Take signed: true, or put it behind a ReLU."
                : "Give a step of the size of the numbers (initial), or take a smaller learning rate."), this);
    }

    void Start(Tensor x, Tensor? counts)
    {
        // Somebody else has set it: a file of weights, or the caller.
        waits = Step.Raw.Written == untouched;
        if (!waits) return;
        var mean = (double)MaskWeights.Mean(tf.abs(tf.stop_gradient(x)), counts);
        if (!double.IsFinite(mean))
            throw new NumericException($"Layer '{name}': expected a first batch that is finite. Received: NaN or infinity.");
        // A batch of zeros says nothing of the unit.
        if (mean == 0) return;
        Step.Assign(tf.constant(2 * mean / Math.Sqrt(Math.Max(high, 1)), dtype));
        waits = false;
    }
}
