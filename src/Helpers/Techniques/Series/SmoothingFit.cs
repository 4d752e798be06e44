namespace Workbook.Helpers;

/// <summary>What <see cref="Smoothing.Fit"/> found.</summary>
/// <param name="Constants">α, β, γ, as many as the method has; 0 and 1 where the data want an end.</param>
/// <param name="Squares">The sum of the squares of the one-step errors.</param>
/// <param name="Count">How many errors these are.</param>
/// <param name="AtBorder">The names of constants that stand at 0 or 1: the data have no best value between.</param>
public sealed record SmoothingFit(IReadOnlyList<double> Constants, double Squares, int Count, IReadOnlyList<string> AtBorder)
{
    /// <summary>The root of the mean square of the one-step errors, in the unit of the series.</summary>
    public double Deviation => Math.Sqrt(Squares / Count);

    /// <summary>The constants, their sum of squares, and which stand at a border.</summary>
    public override string ToString() =>
        $"{string.Join(", ", Constants.Select(c => Numbers.Show(c, 4)))}: one-step errors of {Numbers.Show(Deviation, 4)}"
            + (AtBorder.Count == 0 ? "" : $"; at its border: {string.Join(", ", AtBorder)}");
}
