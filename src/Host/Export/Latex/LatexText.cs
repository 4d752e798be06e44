namespace Workbook.Host.Export.Latex;

/// <summary>LaTeX as outputs hold it: with the marks of a formula around it, or without.</summary>
static class LatexText
{
    static readonly (string Open,
        string Close)[] Marks = [("$$", "$$"), ("$", "$"), (@"\[", @"\]"), (@"\(", @"\)"), (@"\displaystyle", "")];

    /// <summary>The formula without the marks around it.</summary>
    public static string Inner(string latex)
    {
        var text = latex.Trim();
        foreach (var (open, close) in Marks)
            if (text.Length >= open.Length + close.Length && text.StartsWith(open, StringComparison.Ordinal)
                && text.EndsWith(close, StringComparison.Ordinal))
                text = text[open.Length..(text.Length - close.Length)].Trim();
        return text;
    }
}
