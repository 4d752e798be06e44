namespace Workbook.Host.Directives;

/// <summary>How deep brackets of C# are nested, counted without reading the code.</summary>
/// <remarks>
/// Roslyn's parser gives up on most code that nests too deep, but five of its ways have no such guard (Roslyn 5.12: open parentheses,
/// generic names,
/// <c>a &lt; a &lt; a</c>, interpolated strings, function pointers): there the stack overflows, which ends the process, or the time grows
/// as the square.
/// </remarks>
static class CodeDepth
{
    /// <summary>The deepest nesting that is read. Written code stays below 30.</summary>
    public const int Limit = 200;

    /// <summary>The longest code that is read, in characters.</summary>
    public const int Length = 1_000_000;

    /// <summary>Why the code is not read; null when it is.</summary>
    public static string? Problem(string code)
    {
        if (code.Length > Length) return $"it is longer than {Length:N0} characters";
        var (depth, angles) = (0, 0);
        foreach (var c in code)
        {
            // An angle bracket may be a comparison, which nothing closes.
            if (c is ';' or '}' or ')') angles = 0;
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}') depth = Math.Max(0, depth - 1);
            else if (c == '<') angles++;
            else if (c == '>' && angles > 0) angles--;
            if (depth > Limit || angles > Limit) return $"its brackets are nested more than {Limit} deep";
        }

        return null;
    }
}
