namespace Workbook.Helpers;

/// <summary>
/// The error on the rows left out as a function of one strength λ, from the singular values of the features: a few sums for each λ.
/// </summary>
/// <remarks>
/// With X = Σ sⱼ·uⱼ·vⱼ': the residual of row i is rᵢ + Σ uᵢⱼ·λ/(sⱼ² + λ)·(uⱼ'y), and one minus its leverage pᵢ + Σ uᵢⱼ²·λ/(sⱼ² + λ), where
/// rᵢ and pᵢ are what no λ reaches: 0 where the features can fit every target.
/// </remarks>
sealed class LeaveOneOutScan
{
    /// <summary>Points for each factor of ten.</summary>
    const int Density = 10;

    readonly SingularValues values;
    readonly double[] squares, along, beyond, spared;
    readonly int rows;

    /// <summary>The table of one problem.</summary>
    /// <param name="data">Features and target, centred if there is an intercept.</param>
    public LeaveOneOutScan(CentredData data)
    {
        var y = data.Y.ToArray<double>();
        rows = y.Length;
        values = new(data.ByColumn, data.Sizes);
        squares = Array.ConvertAll(values.Values, s => s * s);
        along = Array.ConvertAll(values.Left, u => u.Zip(y, (a, b) => a * b).Sum());
        // The rank decides, not a difference of rounded numbers.
        var full = squares.Length == rows - data.Freedom;
        beyond = full ? new double[rows] : [.. Enumerable.Range(0, rows).Select(i => y[i] - Sum(i, (j, u) => u * along[j]))];
        spared = full ? new double[rows]
            : [.. Enumerable.Range(0, rows).Select(i => 1 - data.Freedom / (double)rows - Sum(i, (_, u) => u * u))];
        (Low, High) = squares.Length == 0 ? (0, 0) : (1e-9 * squares.Min(), 1e6 * squares.Max());
    }

    /// <summary>So small that it is as good as 0.</summary>
    public double Low { get; }

    /// <summary>So large that the weights are as good as 0.</summary>
    public double High { get; }

    /// <summary>The mean squared error on the rows left out.</summary>
    public double Error(double strength) =>
        Enumerable.Range(0, rows).Average(i => Square(At(i, strength, out _)));

    /// <summary>Its derivative by log λ.</summary>
    public double Slope(double strength) => Enumerable.Range(0, rows).Average(i =>
    {
        var error = At(i, strength, out var rest);
        double ofResidual = 0, ofRest = 0;
        for (var j = 0; j < squares.Length; j++)
        {
            // λ·d(λ/(s² + λ))/dλ.
            var change = squares[j] * strength / Square(squares[j] + strength);
            var u = values.Left[j][i];
            ofResidual += u * change * along[j];
            ofRest += u * u * change;
        }
        return 2 * error * (ofResidual - error * ofRest) / rest;
    });

    /// <summary>
    /// The strength of the lowest error: 0 or infinity where the error is lowest at an end. It compares ten strengths for each factor of
    /// ten and halves the interval around the best until the slope is 0 there.
    /// </summary>
    public double Best()
    {
        var count = 1 + (int)Math.Ceiling(Density * Math.Log10(High / Low));
        double At(int k) => Low * Math.Pow(High / Low, k / (double)(count - 1));
        var best = Enumerable.Range(0, count).MinBy(k => Error(At(k)));
        // A gain below rounding is none.
        bool Ties(int end) => Error(At(end)) - Error(At(best)) <= 1e-12 * Error(At(best));
        if (Ties(0)) return 0;
        if (Ties(count - 1)) return double.PositiveInfinity;
        var (low, high) = Slope(At(best)) > 0 ? (At(best - 1), At(best)) : (At(best), At(best + 1));
        for (var round = 0; round < 100 && high > low * (1 + 1e-15); round++)
        {
            var middle = Math.Sqrt(low * high);
            if (Slope(middle) > 0) high = middle;
            else low = middle;
        }
        return Math.Sqrt(low * high);
    }

    /// <summary>The weights at a strength; at 0 the shortest of those with the least squares.</summary>
    public double[] Weights(double strength, int features)
    {
        var w = new double[features];
        for (var j = 0; j < squares.Length; j++)
        {
            var share = values.Values[j] / (squares[j] + strength) * along[j];
            for (var k = 0; k < features; k++) w[k] += share * values.Right[j][k];
        }
        return w;
    }

    /// <summary>The error on one row left out, and one minus its leverage.</summary>
    double At(int row, double strength, out double rest)
    {
        var residual = beyond[row];
        rest = spared[row];
        for (var j = 0; j < squares.Length; j++)
        {
            var (u, kept) = (values.Left[j][row], strength / (squares[j] + strength));
            residual += u * kept * along[j];
            rest += u * u * kept;
        }
        return residual / rest;
    }

    double Sum(int row, Func<int, double, double> term) => Enumerable.Range(0, squares.Length).Sum(j => term(j, values.Left[j][row]));

    static double Square(double x) => x * x;
}
