namespace Workbook.Helpers;

/// <summary>Level and amplitudes of a sinusoid of a given frequency by least squares.</summary>
/// <param name="Level">The mean level.</param>
/// <param name="Cosine">The amplitude of the cosine.</param>
/// <param name="Sine">The amplitude of the sine.</param>
/// <param name="MeanSquare">The mean square that is left.</param>
/// <param name="Error">The standard error of the number of cycles, were it fitted too.</param>
sealed record SinusoidFit(double Level, double Cosine, double Sine, double MeanSquare, double Error)
{
    /// <summary>The fit for so many cycles in the series.</summary>
    public static SinusoidFit At(double[] y, double cycles)
    {
        var (n, mean, rows) = (y.Length, y.Average(), new double[y.Length][]);
        for (var t = 0; t < n; t++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * cycles * t / n);
            rows[t] = [1, cosine, sine, 0];
        }
        double[] w = [.. Solved(rows, Array.ConvertAll(y, v => v - mean), 3), 0];
        var left = 0.0;
        for (var t = 0; t < n; t++)
        {
            var miss = y[t] - mean - w[0] - w[1] * rows[t][1] - w[2] * rows[t][2];
            left += miss * miss;
            rows[t][3] = 2 * Math.PI * t / n * (w[2] * rows[t][1] - w[1] * rows[t][2]);
        }
        // The last column of the inverse of JᵀJ, by what the other columns leave of the slope by the cycles.
        var others = Solved(rows, Array.ConvertAll(rows, r => r[3]), 3);
        var own = rows.Sum(r => Math.Pow(r[3] - others[0] - others[1] * r[1] - others[2] * r[2], 2));
        return new(mean + w[0], w[1], w[2], left / n, Math.Sqrt(left / (n - 4) / own));
    }

    /// <summary>The power of the series at 1, 2, … cycles up to n/2: |Σ yₜ e^(−2πikt/n)|² / n².</summary>
    public static double[] Spectrum(double[] y)
    {
        var n = y.Length;
        var (sines, cosines) = (new double[n], new double[n]);
        for (var t = 0; t < n; t++) (sines[t], cosines[t]) = Math.SinCos(2 * Math.PI * t / n);
        var power = new double[n / 2];
        for (var k = 1; k <= power.Length; k++)
        {
            var (a, b) = (0.0, 0.0);
            for (int t = 0, angle = 0; t < n; t++, angle = (angle + k) % n) (a, b) = (a + y[t] * cosines[angle], b + y[t] * sines[angle]);
            power[k - 1] = (a * a + b * b) / n / n;
        }
        return power;
    }

    /// <summary>The mean square around the mean.</summary>
    public static double Variance(double[] y)
    {
        var mean = y.Average();
        return y.Average(v => (v - mean) * (v - mean));
    }

    /// <summary>Weights of the first columns by the normal equations, with a tie for columns that say the same.</summary>
    static double[] Solved(double[][] rows, double[] y, int count)
    {
        var a = new double[count, count + 1];
        for (var t = 0; t < rows.Length; t++)
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++) a[i, j] += rows[t][i] * rows[t][j];
                a[i, count] += rows[t][i] * y[t];
            }
        return SmallSystem.Solve(a, count, tie: 1e-13);
    }
}
