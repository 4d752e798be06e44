using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The weightings of two losses that notebook 08 compares, by name: cross-entropy first, mean squared error second.</summary>
public static class TwoLossWeightings
{
    /// <summary>The fixed factors on the mean squared error.</summary>
    public static IReadOnlyList<double> Factors { get; } = [0.1, 1, 3, 10, 20, 50, 100];

    /// <summary>The bounds on the training error that <see cref="Required"/> is tried with.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [0.004, 0.006, 0.009];

    /// <summary>All that are compared, each made anew on each call.</summary>
    /// <param name="seed">Of those that draw.</param>
    public static IReadOnlyList<(string Name, Func<Weighting> New)> All(int seed) =>
    [
        .. Factors.Select(f => ($"MSE × {Numbers.Show(f)}", (Func<Weighting>)(() => Factor(f)))),
        ("ramp, × 1 to 40", () => Ramp(1, 40, 60)),
        ("uncertainty", () => Uncertainty()),
        ("uncertainty, from 1", () => Uncertainty(1)),
        ("softmax, descends", () => Softmax(climb: false)),
        ("softmax, climbs", () => Softmax(climb: true)),
        ("DWA", Speeds),
        ("GradNorm, 0.025", () => Weighting.By(new GradNorm(2, rate: 0.025))),
        ("GradNorm, 0.1", () => Weighting.By(new GradNorm(2, rate: 0.1))),
        ("PCGrad", () => Weighting.By(new PCGrad(2))),
        ("MGDA", () => Weighting.By(new MGDA(2))),
        .. Bounds.Select(b => ($"required, {Numbers.Show(b)}", (Func<Weighting>)(() => Required(b)))),
        ("random", () => AtRandom(seed)),
    ];

    /// <summary>CE + factor · MSE.</summary>
    /// <param name="factor">What the mean squared error is worth.</param>
    public static Weighting Factor(double factor) => Weighting.Fixed(1, factor);

    /// <summary>A factor that grows or falls by the same part each step, with weights that sum to 2.</summary>
    /// <param name="from">The first factor.</param>
    /// <param name="to">The last factor.</param>
    /// <param name="steps">After how many steps it is reached and stays.</param>
    public static Weighting Ramp(double from, double to, int steps) =>
        Weighting.Along(now => Weighting.Shares([1, from * Math.Pow(to / from, Math.Min((double)now / steps, 1))]));

    /// <summary><see cref="UncertaintyWeights"/>; a cross-entropy has twice the weight of a squared error, as in the paper.</summary>
    /// <param name="variance">The first variance of both; default: the first losses.</param>
    public static Weighting Uncertainty(double? variance = null)
    {
        var weights = variance is { } v ? new UncertaintyWeights(2, v) : new UncertaintyWeights(2);
        return Weighting.Descend(l => weights.Loss(2 * l[0], l[1]), weights.LogVariances);
    }

    /// <summary>A softmax that descends with the model, or climbs against it; times 2, so that both weights begin at 1.</summary>
    /// <param name="climb">Whether it climbs.</param>
    public static Weighting Softmax(bool climb)
    {
        var weights = new SoftmaxWeights(2);
        return Weighting.Descend(l => 2 * (climb ? weights.Loss(l) : tf.reduce_sum(weights.Weights.Value * tf.stack(l))),
            weights.Weights.Raw);
    }

    /// <summary><see cref="DynamicWeightAverage"/>, asked at each step.</summary>
    public static Weighting Speeds()
    {
        var average = new DynamicWeightAverage();
        return Weighting.Descend(l =>
        {
            var w = average.Next(l);
            return w[0] * l[0] + w[1] * l[1];
        });
    }

    /// <summary>The cross-entropy, under the requirement that the training error is at most a bound; its price is a multiplier.</summary>
    /// <param name="bound">The largest mean squared error on the training rows.</param>
    /// <param name="rate">How fast the price follows.</param>
    public static Weighting Required(double bound, double rate = 0.002)
    {
        var price = new Multiplier(rate: rate, clip: 1);
        return Weighting.Descend(l =>
        {
            var violation = l[1] / bound - 1;
            price.Ascend(tf.stop_gradient(violation));
            return l[0] + price.Term(violation);
        });
    }

    /// <summary>Two shares drawn at each step, the softmax of two normal numbers, times 2.</summary>
    /// <param name="seed">Of the draws.</param>
    public static Weighting AtRandom(int seed)
    {
        var dice = new SplitMix64((ulong)(1000 + seed));
        return Weighting.Along(_ =>
        {
            var share = 1 / (1 + Math.Exp(dice.NextNormal() - dice.NextNormal()));
            return [2 * share, 2 * (1 - share)];
        });
    }
}
