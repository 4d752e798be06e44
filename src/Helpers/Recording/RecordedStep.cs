namespace Workbook.Helpers;

/// <summary>What a recorder keeps of one step.</summary>
/// <param name="Step">The number of updates so far.</param>
/// <param name="Judges">Who judges each variable.</param>
/// <param name="Values">The series; one that began later is missing at the end.</param>
sealed record RecordedStep(int Step, Judge[] Judges, double[] Values)
{
    /// <summary>The value of a series, NaN before it began.</summary>
    public double At(int series) => series < Values.Length ? Values[series] : double.NaN;
}
