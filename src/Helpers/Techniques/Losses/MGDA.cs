using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>
/// The direction in which all losses fall: the shortest of the weighted means of their gradients. Multiple gradient descent.
/// </summary>
/// <remarks>
/// min ‖d‖² with d = Σ w_i·g_i, w ≥ 0, Σ w = 1. Then d·g_i ≥ ‖d‖² for each loss, so a small step along −d raises none; d = 0 where no
/// direction is
/// left that lowers all (Pareto stationary). For two losses w₁ = clip((g₂ − g₁)·g₂ / ‖g₁ − g₂‖², 0, 1). Heads move by their own loss. The
/// shorter
/// gradient gets the greater weight, so the scale of a loss still counts: here it sets the exchange rate.
/// Judge: a constraint, the simplex. Sources: Désidéri 2012; Sener and Koltun 2018.
/// </remarks>
/// <param name="tasks">The number of losses.</param>
/// <param name="name">The name of the variable.</param>
/// <param name="dtype">The element type of the variable.</param>
public sealed class MGDA(int tasks, string name = "task_weights", DType dtype = DType.Float32) : GradientWeights(tasks, name, dtype)
{
    // The gap that is left, as a part of the longest squared gradient; far below what float32 gradients are worth.
    const double Gap = 1e-13;
    const int MaxRounds = 1000;
    const int Patience = 10;

    readonly int[] atRest = new int[tasks];

    private protected override (double[] Used, double[] Next) Balance(double[] losses, double[,] dots)
    {
        for (var i = 0; i < losses.Length; i++)
        {
            // The shortest mean is then this gradient of 0 alone.
            atRest[i] = dots[i, i] == 0 ? atRest[i] + 1 : 0;
            if (atRest[i] == Patience)
                Warnings.Once($"rest:{i}", $"MGDA: expected gradients that are not 0. Received: that of loss {i} has been exactly 0 "
                    + $"for {Patience} steps, so this loss has all of '{Weights.name}' and nothing moves: no step makes every loss better. Leave "
                    + "out a loss that has reached its bound, or weigh by another rule.", this);
        }
        var weights = ShortestMean(dots);
        return (weights, weights);
    }

    /// <summary>
    /// Moves weight from the gradient that lies furthest along the mean to the one that lies least along it, by an exact line search, until
    /// all that have weight lie alike.
    /// </summary>
    /// <remarks>
    /// For two gradients the first move is the closed form. A Frank-Wolfe step in pairs converges linearly, where the plain one would
    /// zigzag.
    /// </remarks>
    static double[] ShortestMean(double[,] dots)
    {
        var K = dots.GetLength(0);
        int[] all = [.. Enumerable.Range(0, K)];
        double[] w = [.. all.Select(_ => 1.0 / K)];
        var longest = all.Max(i => dots[i, i]);
        for (var round = 0; round < MaxRounds; round++)
        {
            double[] along = [.. all.Select(i => all.Sum(j => dots[i, j] * w[j]))];
            int to = all.MinBy(i => along[i]), from = all.Where(i => w[i] > 0).MaxBy(i => along[i]);
            var gap = along[from] - along[to];
            if (!(gap > Gap * longest)) break;
            var move = Math.Min(w[from], gap / (dots[to, to] + dots[from, from] - 2 * dots[to, from]));
            w[to] += move;
            w[from] -= move;
        }
        return w;
    }
}
