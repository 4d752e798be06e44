using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Weights of several losses by how fast each falls: w = K·softmax(r/T) with r_i = L_i(t−1) / L_i(t−2). A slow task gains weight.
/// </summary>
/// <remarks>
/// Nothing is learned by gradient; the weights sum to the number of tasks K and are 1 in the first two steps. The paper calls it once an
/// epoch, with the
/// mean losses of the epoch. From one step to the next the ratios are near 1, and so are the weights. Source: Liu, Johns, Davison 2019.
/// </remarks>
/// <param name="temperature">T, above 0: the larger, the more equal the weights; default 2.</param>
public sealed class DynamicWeightAverage(Hyperparameter? temperature = null)
{
    double[]? last, previous, weights;

    /// <summary>The weights of this step; constants for the tape.</summary>
    /// <param name="losses">The losses of this step, which count from the next on.</param>
    /// <returns>One weight for each loss.</returns>
    /// <exception cref="ArgumentException">Another number of losses than before, or a loss below 0 or not finite.</exception>
    public double[] Next(params IReadOnlyList<Tensor> losses)
    {
        if (last is not null && last.Length != losses.Count)
            throw new ArgumentException($"DynamicWeightAverage: expected {last.Length} losses, as before. Received: {losses.Count}.");
        double[] now = [.. losses.Select(l => (double)l)];
        if (Array.FindIndex(now, l => !(l >= 0 && double.IsFinite(l))) is >= 0 and var bad)
            throw new ArgumentException($"DynamicWeightAverage: expected finite losses of at least 0, for their speed is a ratio. "
                + $"Received: loss {bad} is {Numbers.Show(now[bad])}. A log likelihood may fall below 0: leave it out, or add a constant.");
        weights ??= [.. losses.Select(_ => 1.0)];
        // From 0 there is no ratio: the weights stay.
        if (previous is not null && !previous.Contains(0)) weights = Softmax(last!, previous);
        (previous, last) = (last, now);
        return [.. weights];
    }

    double[] Softmax(double[] last, double[] previous)
    {
        var t = (temperature ?? 2).Fixed("DynamicWeightAverage temperature");
        var ratios = last.Zip(previous, (a, b) => a / b / t).ToArray();
        var shares = Array.ConvertAll(ratios, r => Math.Exp(r - ratios.Max()));
        return Array.ConvertAll(shares, s => last.Length * s / shares.Sum());
    }
}
