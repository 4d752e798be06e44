namespace Workbook.Helpers;

/// <summary>A local minimum of a smooth function between walls: quasi-Newton steps (BFGS) among what no wall holds.</summary>
static class BoxDescent
{
    const double LongestStep = 3, Decrease = 1e-4;
    const int MaxSteps = 2000;

    /// <summary>Descends from a point between the walls.</summary>
    /// <param name="f">Value and slopes.</param>
    /// <param name="x">The start.</param>
    /// <param name="low">The lower walls.</param>
    /// <param name="high">The upper walls.</param>
    /// <param name="tolerance">The largest slope at which it is done.</param>
    /// <exception cref="JudgeException">The walk does not come to rest.</exception>
    public static (double[] At, double Value) Minimize(Func<double[], (double Value, double[] Slopes)> f, double[] x, double[] low,
        double[] high, double tolerance = 1e-9)
    {
        var (value, slopes) = f(x);
        var curvature = new InverseCurvature(x.Length);
        for (var step = 0; step < MaxSteps; step++)
        {
            bool[] held = [.. x.Select((v, g) => v <= low[g] && slopes[g] > 0 || v >= high[g] && slopes[g] < 0)];
            if (slopes.Where((_, g) => !held[g]).All(s => Math.Abs(s) <= tolerance)) return (x, value);
            var direction = curvature.Downhill(slopes, held);
            if (Line(x, value, slopes, direction) is var (next, lower, turned))
            {
                curvature.Learn([.. next.Zip(x, (a, b) => a - b)], [.. turned.Zip(slopes, (a, b) => a - b)]);
                (x, value, slopes) = (next, lower, turned);
            }
            // No step lowers the loss: forget the guess; where none was made, rounding hides the rest of the slope.
            else if (curvature.IsGuess) curvature.Forget();
            else return (x, value);
        }
        throw new JudgeException(
            $"The search for strengths: expected a minimum within {MaxSteps} steps. Received: slopes of up to "
                + $"{Numbers.Show(slopes.Max(Math.Abs), 3)}. Take fewer groups.");

        (double[], double, double[])? Line(double[] x, double value, double[] slopes, double[] direction)
        {
            for (var length = Math.Min(1, LongestStep / direction.Max(Math.Abs)); length > 1e-12; length /= 2)
            {
                double[] next = [.. x.Select((v, g) => Math.Clamp(v + length * direction[g], low[g], high[g]))];
                var expected = next.Zip(x, (a, b) => a - b).Zip(slopes, (m, s) => m * s).Sum();
                if (expected >= 0) continue;
                var (lower, turned) = f(next);
                if (lower <= value + Decrease * expected) return (next, lower, turned);
            }
            return null;
        }
    }
}
