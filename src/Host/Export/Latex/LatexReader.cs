namespace Workbook.Host.Export.Latex;

/// <summary>
/// Reads a formula token by token: a command with its backslash, or one character. White space between tokens is skipped.
/// </summary>
sealed class LatexReader(string latex)
{
    int position;

    /// <summary>Where the next token starts.</summary>
    public int Position
    {
        get
        {
            while (position < latex.Length && char.IsWhiteSpace(latex[position])) position++;
            return position;
        }
    }

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => Position == latex.Length;

    /// <summary>The next token without taking it; empty at the end.</summary>
    public string Peek()
    {
        var start = Position;
        if (start == latex.Length) return "";
        if (latex[start] != '\\') return latex.Substring(start, char.IsSurrogatePair(latex, start) ? 2 : 1);
        var end = start + 1;
        while (end < latex.Length && char.IsAsciiLetter(latex[end])) end++;
        if (end == start + 1) end = Math.Min(end + 1, latex.Length);
        return latex[start..end];
    }

    /// <summary>Takes the next token.</summary>
    public string Next()
    {
        var token = Peek();
        position += token.Length;
        return token;
    }

    /// <summary>Takes the next token if it is the given one.</summary>
    public bool TryTake(string token)
    {
        if (Peek() != token) return false;
        Next();
        return true;
    }

    /// <summary>Takes the next token, which must be the given one.</summary>
    /// <param name="token">The token.</param>
    /// <param name="why">Who needs it, for the message.</param>
    public void Expect(string token, string why)
    {
        var start = Position;
        if (!TryTake(token)) throw Error($"Expected {token} {why}, found {(AtEnd ? "the end" : Peek())}.", start);
    }

    /// <summary>Takes a group in braces as the text it is, spaces included.</summary>
    public string RawGroup(string command)
    {
        Expect("{", $"after {command}");
        var start = position;
        for (var depth = 1; position < latex.Length; position++)
        {
            if (latex[position] == '{') depth++;
            if (latex[position] == '}' && --depth == 0) return latex[start..position++];
        }
        throw Error($"The group of {command} is not closed.", start - 1);
    }

    /// <summary>Takes an optional argument in brackets as text; null when there is none.</summary>
    public string? RawOption()
    {
        if (Peek() != "[") return null;
        var end = latex.IndexOf(']', position);
        if (end < 0) throw Error("The option in brackets is not closed.", position);
        var option = latex[(position + 1)..end];
        position = end + 1;
        return option;
    }

    /// <summary>An error at a place of this formula.</summary>
    public LatexException Error(string problem, int at) => new(problem, latex, at);
}
