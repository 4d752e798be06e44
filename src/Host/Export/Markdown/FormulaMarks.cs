using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// Brings the ways to write formulas that readers of notebooks share into the one that the reader of Markdown knows, dollars on one line:
/// <c>$…$</c> over several lines,
/// <c>\(…\)</c>, <c>\[…\]</c>, <c>\begin{align}…\end{align}</c> without dollars. Code stays as it is.
/// </summary>
sealed partial class FormulaMarks
{
    /// <summary>The longest formula that is looked for, in characters.</summary>
    const int Reach = 10_000;

    readonly string text;

    int paragraphEnd = -1;

    FormulaMarks(string text) => this.text = text;

    /// <summary>The text, and for each of its lines the line of the given text on which it begins, both from 0.</summary>
    public static (string Text, IReadOnlyList<int> Lines) Joined(string markdown) => new FormulaMarks(markdown).Joined();

    (string Text, IReadOnlyList<int> Lines) Joined()
    {
        var joined = new StringBuilder();
        var lines = new List<int> { 0 };
        var (line, at) = (0, 0);
        while (at < text.Length)
        {
            var end = Code(at);
            var formula = end > at ? null : Formula(at);
            if (formula is { } found)
            {
                joined.Append(found.Text);
                line += Count(at, found.End);
                at = found.End;
                continue;
            }

            if (end <= at) end = text[at] == '\\' ? Math.Min(at + 2, text.Length) : at + 1;
            for (; at < end; at++)
            {
                joined.Append(text[at]);
                if (text[at] == '\n') lines.Add(++line);
            }
        }

        return (joined.ToString(), lines);
    }

    int Count(int from, int to) => text.AsSpan(from, to - from).Count('\n');

    /// <summary>Where the code that begins here ends; the place itself when none does.</summary>
    int Code(int at)
    {
        if ((at == 0 || text[at - 1] == '\n') && Fence().Match(text, at) is { Success: true } fence && fence.Index == at)
        {
            var mark = fence.Groups["mark"].Value;
            for (var line = NextLine(at); line < text.Length; line = NextLine(line))
            {
                var end = text.AsSpan(line, NextLine(line) - line).Trim();
                if (end.StartsWith(mark) && end.TrimStart(mark[0]).IsEmpty) return NextLine(line);
            }

            return text.Length;
        }

        if (text[at] != '`') return at;
        var ticks = 1;
        while (at + ticks < text.Length && text[at + ticks] == '`') ticks++;
        var paragraph = Math.Min(Paragraph(at), at + Reach);
        for (var close = at + ticks; close < paragraph;)
        {
            close = text.IndexOf('`', close, paragraph - close);
            if (close < 0) break;
            var run = 1;
            while (close + run < text.Length && text[close + run] == '`') run++;
            if (run == ticks) return close + run;
            close += run;
        }

        return at + ticks;
    }

    (string Text, int End)? Formula(int at)
    {
        if (text[at] == '$') return Dollars(at);
        if (text[at] != '\\') return null;
        foreach (var (open, close, mark) in ((string, string, string)[])[(@"\\(", @"\\)", "$"), (@"\\[", @"\\]", "$$"), (@"\(", @"\)", "$"),
            (@"\[", @"\]", "$$")])
        {
            if (string.CompareOrdinal(text, at, open, 0, open.Length) != 0) continue;
            var end = Find(close, at + open.Length, Paragraph(at));
            return end < 0 || !IsFormula(text[(at + open.Length)..end], open) ? null
                : ($"{mark}{OneLine(text[(at + open.Length)..end])}{mark}", end + close.Length);
        }

        if (Begin().Match(text, at) is not { Success: true } begin || begin.Index != at) return null;
        var closing = $"\\end{{{begin.Groups["name"].Value}}}";
        var last = Find(closing, at, text.Length);
        return last < 0 ? null : ($"$${OneLine(text[at..(last + closing.Length)])}$$", last + closing.Length);
    }

    /// <summary>
    /// A backslash before a bracket is also how prose keeps a bracket from being a link: \[1\] and \(see below\) are no formulas.
    /// </summary>
    static bool IsFormula(string inner, string open) =>
        inner.AsSpan().ContainsAny(@"\^_=+<>*|{}") || (open.Length == 3 && inner.Trim().Length > 0)
            || (open[^1] == '(' && inner.Trim().Length == 1 && char.IsLetter(inner.Trim()[0]));

    /// <summary>
    /// A formula between dollars that goes over more than one line. One on a single line is left to the reader of Markdown, and so is a
    /// block between lines of <c>$$</c>.
    /// </summary>
    (string Text, int End)? Dollars(int at)
    {
        var mark = string.CompareOrdinal(text, at, "$$", 0, 2) == 0 ? "$$" : "$";
        var start = at + mark.Length;
        var limit = Math.Min(Paragraph(at), at + Reach);
        if (start >= limit || (mark == "$" ? char.IsWhiteSpace(text[start]) : text[start..NextLine(start)].Trim().Length == 0)) return null;
        for (var end = start; end < limit; end++)
        {
            if (text[end] == '\\') end++;
            else if (string.CompareOrdinal(text, end, mark, 0, mark.Length) == 0) return Between(at, end, mark);
            else if (text[end] == '`' && mark == "$") return null;
        }

        return null;
    }

    (string Text, int End)? Between(int at, int end, string mark)
    {
        var (inner, next) = (text[(at + mark.Length)..end], end + mark.Length);
        if (!inner.Contains('\n')) return (text[at..next], next);

        // A price is no formula, and behind the mark of a quotation the next line is another's.
        if (Quoted().IsMatch(inner)
            || (mark == "$" && (char.IsWhiteSpace(inner[^1]) || (next < text.Length && char.IsAsciiLetterOrDigit(text[next])))))
            return null;
        return ($"{mark}{OneLine(inner)}{mark}", next);
    }

    int Find(string close, int from, int to)
    {
        to = Math.Min(to, Math.Min(text.Length, from + Reach));
        return from >= to ? -1 : text.IndexOf(close, from, to - from, StringComparison.Ordinal);
    }

    /// <summary>LaTeX reads the end of a line as a blank.</summary>
    static string OneLine(string latex) => string.Join(' ', latex.Split('\n').Select(l => l.Trim())).Trim();

    int NextLine(int at) => text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : text.Length;

    /// <summary>Where the paragraph ends that holds this place: at the next empty line.</summary>
    int Paragraph(int at)
    {
        if (at >= paragraphEnd)
            paragraphEnd = Blank().Match(text, at) is { Success: true } blank ? Math.Max(blank.Index, at + 1) : text.Length;
        return paragraphEnd;
    }

    [GeneratedRegex(@"\G {0,3}(?<mark>`{3,}(?=[^`\n]*(\n|$))|~{3,})")]
    private static partial Regex Fence();

    [GeneratedRegex(@"\G\\begin\{(?<name>(align|aligned|equation|gather|gathered|multline|eqnarray|split|cases|array|[pbBvV]?matrix|smallmatrix)\*?)\}")]
    private static partial Regex Begin();

    [GeneratedRegex(@"\n[ \t]*(\n|$)")]
    private static partial Regex Blank();

    [GeneratedRegex(@"\n[ \t]*>")]
    private static partial Regex Quoted();
}
