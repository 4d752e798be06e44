using System.Text;

namespace Workbook.Host.Directives;

/// <summary>Code without what is only text in it, read without the compiler.</summary>
static class CodeText
{
    /// <summary>The characters at which C# ends a line.</summary>
    public const string LineEnds = "\n\r\u0085\u2028\u2029";

    /// <summary>
    /// The code without comments and without what stands in strings. Where it is not certain what is a string (interpolation, lines that
    /// begin with #, ends that are missing) it is the whole code: then a bracket is counted too often, and never too seldom.
    /// </summary>
    public static string WithoutStrings(string code)
    {
        if (code.Contains('$') || code.Contains('#')) return code;
        var left = new StringBuilder();
        for (var at = 0; at < code.Length;)
        {
            var end = EndOfText(code, at);
            if (end < 0) return code;
            if (end == at) left.Append(code[at++]);
            else at = end;
        }

        return left.ToString();
    }

    /// <summary>Where the string or comment that begins here ends; here where none begins, less than 0 where it has no clear end.</summary>
    static int EndOfText(string code, int at)
    {
        bool Has(string word) => string.CompareOrdinal(code, at, word, 0, word.Length) == 0;
        if (Has("//")) return EndOfLine(code, at);
        if (Has("/*")) return Behind(code, "*/", at + 2);
        if (Has("\"\"\"")) return EndOfRaw(code, at);
        if (Has("@\"")) return EndOfVerbatim(code, at + 2);
        if (Has("\"")) return EndOfPlain(code, at + 1);
        // A character that is a quote or a backslash is the only one that could be taken for the start of something else.
        if (Has("'\"'")) return at + 3;
        return !Has("'\\") ? at : Behind(code, "'", at + 3) is var end && end > 0 && end <= at + 12 ? end : -1;
    }

    /// <summary>Where the line ends that goes on here.</summary>
    public static int EndOfLine(string code, int at) =>
        code.AsSpan(at).IndexOfAny(LineEnds) is var end and >= 0 ? at + end : code.Length;

    static int Behind(string code, string word, int from) =>
        from <= code.Length && code.IndexOf(word, from, StringComparison.Ordinal) is var end and >= 0 ? end + word.Length : -1;

    static int EndOfPlain(string code, int at)
    {
        var line = EndOfLine(code, at);
        for (; at < line; at++)
        {
            if (code[at] == '"') return at + 1;
            if (code[at] == '\\') at++;
        }

        return -1;
    }

    static int EndOfVerbatim(string code, int at)
    {
        for (; at < code.Length; at++)
        {
            if (code[at] != '"') continue;
            if (at + 1 == code.Length || code[at + 1] != '"') return at + 1;
            at++;
        }

        return -1;
    }

    /// <summary>
    /// It ends at as many quotes as it began with: on its line, or, where nothing else stands on that, at the beginning of another.
    /// </summary>
    static int EndOfRaw(string code, int start)
    {
        var quotes = Run(code, start);
        var (inside, line) = (start + quotes, EndOfLine(code, start + quotes));
        var isLine = !string.IsNullOrWhiteSpace(code[inside..line]);
        for (var at = inside; at < (isLine ? line : code.Length); at++)
        {
            if (code[at] != '"') continue;
            var run = Run(code, at);
            var stands = isLine || string.IsNullOrWhiteSpace(code[(code.LastIndexOf('\n', at) + 1)..at]);
            if (run > quotes || (run == quotes && !stands)) return -1;
            at += run;
            if (run == quotes) return at;
        }

        return -1;
    }

    static int Run(string code, int at) => code.AsSpan(at).IndexOfAnyExcept('"') is var other and >= 0 ? other : code.Length - at;
}
