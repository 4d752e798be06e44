namespace Workbook.Host.Export.Latex;

/// <summary>A formula uses something outside the supported subset of LaTeX, or is not well-formed.</summary>
sealed class LatexException : Exception
{
    public LatexException(string problem, string latex, int position)
        : base($"{problem} It stands at character {position + 1} of the formula {Short(latex.Trim())}") => Position = position;

    static string Short(string latex) => latex.Length > 200 ? latex[..200] + "…" : latex;

    /// <summary>The 0-based position in the formula.</summary>
    public int Position { get; }
}
