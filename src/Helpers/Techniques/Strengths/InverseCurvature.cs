namespace Workbook.Helpers;

/// <summary>The guess of the inverse of a loss's curvature that BFGS makes from steps and slopes.</summary>
/// <param name="count">The number of variables.</param>
sealed class InverseCurvature(int count)
{
    double[]? inverse;

    /// <summary>Whether some step has taught anything.</summary>
    public bool IsGuess => inverse is not null;

    public void Forget() => inverse = null;

    /// <summary>A direction downhill that leaves what is held; without a guess its longest part is 1.</summary>
    public double[] Downhill(double[] slopes, bool[] held)
    {
        double[] free = [.. slopes.Select((s, g) => held[g] ? 0 : s)];
        if (inverse is not null)
        {
            double[] guessed = [.. Plain.Times(inverse, free).Select((p, g) => held[g] ? 0 : -p)];
            if (Plain.Dot(guessed, slopes) < 0) return guessed;
            Forget();
        }
        var steepest = free.Max(Math.Abs);
        return Array.ConvertAll(free, s => -s / steepest);
    }

    /// <summary>The update of Broyden, Fletcher, Goldfarb and Shanno; where the loss does not curve upwards there is none.</summary>
    public void Learn(double[] moved, double[] turned)
    {
        var (curvature, square) = (Plain.Dot(moved, turned), Plain.Dot(turned, turned));
        if (!(curvature > 1e-10 * Math.Sqrt(square * Plain.Dot(moved, moved))))
        {
            Forget();
            return;
        }
        if (inverse is null)
        {
            inverse = new double[count * count];
            for (var i = 0; i < count; i++) inverse[i * count + i] = curvature / square;
        }
        var image = Plain.Times(inverse, turned);
        var factor = (1 + Plain.Dot(turned, image) / curvature) / curvature;
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++)
                inverse[i * count + j] += factor * moved[i] * moved[j] - (image[i] * moved[j] + moved[i] * image[j]) / curvature;
    }
}
