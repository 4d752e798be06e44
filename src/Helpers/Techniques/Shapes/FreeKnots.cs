using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A line with kinks whose places are learned: a linear spline with free knots.</summary>
/// <remarks>
/// y = b₀ + b₁·x + Σ wⱼ·max(x − cⱼ, 0). For given knots c the weights are those of least squares, so the loss is a function of the knots
/// alone; it has many minima. <see cref="From"/> descends from a start; <see cref="Search"/> tries every choice from a grid first. A knot
/// bends the line where the data say so; two in one gap between rows cannot be told apart.
/// Judge: the training loss, for a number of knots that is given; that number is a matter of other data. Sources: D. Jupp (1978);
/// G. Golub, V. Pereyra (1973).
/// </remarks>
public sealed class FreeKnots
{
    const int MostChoices = 5_000_000;

    readonly KnotTable table;
    readonly double[] weights;

    FreeKnots(KnotTable table, double[] knots)
    {
        double[] inUnit = [.. knots.Order()];
        (this.table, Knots) = (table, Array.ConvertAll(inUnit, table.OutOf));
        (weights, Share) = table.Fit(inUnit);
    }

    /// <summary>Where the line bends, in the unit of x, in increasing order.</summary>
    public IReadOnlyList<double> Knots { get; }

    /// <summary>The mean square that is left, as a share of the variance of y: 1 − R².</summary>
    public double Share { get; }

    /// <summary>The mean square that is left, in the unit of y.</summary>
    public double MeanSquare => Share * table.Variance;

    /// <summary>The best line with kinks at given places.</summary>
    /// <param name="x">The feature, shape (n,).</param>
    /// <param name="y">The target, shape (n,).</param>
    /// <param name="knots">Where it bends, within the range of x.</param>
    /// <exception cref="ArgumentException">A gap, a constant column, or too few rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A knot outside of the range of x.</exception>
    public static FreeKnots At(Tensor x, Tensor y, params IReadOnlyList<double> knots)
    {
        var table = new KnotTable(x, y, knots.Count);
        return new(table, [.. knots.Select(table.Into)]);
    }

    /// <summary>The nearest valley below a start: each knot in turn moves to where the loss is less, by ever smaller steps.</summary>
    /// <inheritdoc cref="At"/>
    public static FreeKnots From(Tensor x, Tensor y, params IReadOnlyList<double> knots)
    {
        var table = new KnotTable(x, y, knots.Count);
        return new(table, table.Descend([.. knots.Select(table.Into)]));
    }

    /// <summary>The best of all choices of knots from an even grid, and from there the nearest valley.</summary>
    /// <remarks>Exact to the grid: 49 places and 4 knots are 211,876 fits, half a second.</remarks>
    /// <param name="x">The feature, shape (n,).</param>
    /// <param name="y">The target, shape (n,).</param>
    /// <param name="knots">How many, at least 1.</param>
    /// <param name="places">How many places the grid has, between the ends of x; default 49.</param>
    /// <exception cref="ArgumentException">A gap, a constant column, or too few rows; or more than five million choices.</exception>
    public static FreeKnots Search(Tensor x, Tensor y, int knots, int places = 49)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(knots, 1);
        var choices = Enumerable.Range(0, knots).Aggregate(1.0, (c, i) => c * (places - i) / (i + 1));
        if (choices is < 1 or > MostChoices)
            throw new ArgumentException($"FreeKnots: expected from one to {Numbers.Show(MostChoices)} choices of {knots} knots. Received: "
                + $"{Numbers.Show(choices)}, from {places} places. Take other places, or descend from a few starts with FreeKnots.From.");
        var table = new KnotTable(x, y, knots);
        double[] grid = [.. Enumerable.Range(1, places).Select(i => (double)i / (places + 1))];
        return new(table, table.Descend(table.Best(grid, knots)));
    }

    /// <summary>Starts at equal distances within the range of x.</summary>
    /// <param name="x">The feature, shape (n,).</param>
    /// <param name="knots">How many.</param>
    /// <exception cref="ArgumentException">No row, or one that is no number; a number of knots below 0.</exception>
    public static double[] Equal(Tensor x, int knots)
    {
        Refuse(x, knots);
        double low = (double)tf.reduce_min(x), high = (double)tf.reduce_max(x);
        return [.. Enumerable.Range(1, knots).Select(i => low + (high - low) * i / (knots + 1))];
    }

    /// <summary>Starts with equally many rows between them: quantiles of x, between rows as numpy has them.</summary>
    /// <inheritdoc cref="Equal"/>
    public static double[] Quantiles(Tensor x, int knots)
    {
        Refuse(x, knots);
        double[] sorted = [.. tf.cast(x, tf.float64).ToArray<double>().Order()];
        double At(double place) => (int)place is var i && i + 1 < sorted.Length
            ? sorted[i] + (place - i) * (sorted[i + 1] - sorted[i]) : sorted[^1];
        return [.. Enumerable.Range(1, knots).Select(i => At((sorted.Length - 1.0) * i / (knots + 1)))];
    }

    static void Refuse(Tensor x, int knots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(knots);
        if (x.size == 0)
            throw new ArgumentException("FreeKnots: expected rows between which knots may stand. Received: none. Give the feature as it "
                + "is.");
        Column.NoGaps(nameof(FreeKnots), x);
    }

    /// <summary>The loss for a descent of your own: what the best weights leave of y, a scalar, differentiable in the knots.</summary>
    /// <param name="x">The feature, shape (n,).</param>
    /// <param name="y">The target, shape (n,).</param>
    /// <param name="knots">Shape (knots,), or one number, in the unit of x.</param>
    public static Tensor Loss(Tensor x, Tensor y, Operand knots)
    {
        var (feature, at) = (tf.cast(x, tf.float64), tf.reshape(tf.cast(knots.value(), tf.float64), -1));
        return LeastSquares.MeanSquare(y, [feature, .. Enumerable.Range(0, at.shape[0]).Select(j => tf.nn.relu(feature - at[j]))]);
    }

    /// <summary>The line at some places, any shape.</summary>
    /// <param name="x">In the unit of the feature.</param>
    public Tensor Predict(Tensor x) => table.Predict(x, weights, Knots);

    /// <summary>The knots, and what is left.</summary>
    public override string ToString() =>
        $"knots {string.Join(", ", Knots.Select(k => Numbers.Show(k, 4)))}; {Numbers.Show(Share, 4)} of the variance is left";
}
