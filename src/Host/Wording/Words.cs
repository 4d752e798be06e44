namespace Workbook.Host.Wording;

/// <summary>Words of sentences.</summary>
static class Words
{
    /// <summary>A number with its noun.</summary>
    public static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
