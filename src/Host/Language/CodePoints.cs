namespace Workbook.Host.Language;

/// <summary>Positions as Jupyter counts them since protocol 5.2, in Unicode code points, and as C# does, in UTF-16 code units.</summary>
static class CodePoints
{
    /// <summary>The UTF-16 position of a position in code points; a position outside the text is moved to its nearer end.</summary>
    public static int ToUtf16(string text, int codePoints)
    {
        var at = 0;
        for (; codePoints > 0 && at < text.Length; codePoints--) at += IsPair(text, at) ? 2 : 1;
        return at;
    }

    /// <summary>The position in code points of a UTF-16 position; one inside of a pair counts as behind it.</summary>
    public static int FromUtf16(string text, int position)
    {
        var count = 0;
        for (var at = 0; at < position && at < text.Length; count++) at += IsPair(text, at) ? 2 : 1;
        return count;
    }

    static bool IsPair(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
}
