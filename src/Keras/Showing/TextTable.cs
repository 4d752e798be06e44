using System.Text;
using System.Text.RegularExpressions;

namespace Workbook.Keras;

/// <summary>A table of text with lines around its cells, laid out as the one that Keras prints.</summary>
/// <param name="widths">The widths that the columns should have, without their margins.</param>
/// <param name="sides">The side to which each column is pushed: l, c or r.</param>
sealed partial class TextTable(int[] widths, string sides)
{
    readonly List<string[]> rows = [];

    public void Add(string[] row) => rows.Add(row);

    /// <summary>The lines, each of the given length; the first row is the head.</summary>
    public IEnumerable<string> Lines(int length)
    {
        var columns = Fitted(length);
        string Rule(char left, char line, char cross, char right) =>
            left + string.Join(cross, columns.Select(w => new string(line, w))) + right;
        yield return Rule('┏', '━', '┳', '┓');
        for (var i = 0; i < rows.Count; i++)
        {
            foreach (var line in Row(rows[i], columns, i == 0 ? '┃' : '│', isHead: i == 0)) yield return line;
            if (i == 0) yield return Rule('┡', '━', '╇', '┩');
            else if (i < rows.Count - 1) yield return Rule('├', '─', '┼', '┤');
        }
        yield return Rule('└', '─', '┴', '┘');
    }

    /// <summary>With margins, columns take more than there is: each gives up the same.</summary>
    int[] Fitted(int length)
    {
        var columns = Array.ConvertAll(widths, w => w + 2);
        var left = columns.Sum() - (length - columns.Length - 1);
        for (var i = 0; left > 0 && i < columns.Length; i++)
        {
            var less = Math.Min(columns[i], (int)Math.Round(left / (double)(columns.Length - i), MidpointRounding.ToEven));
            (columns[i], left) = (columns[i] - less, left - less);
        }
        return columns;
    }

    IEnumerable<string> Row(string[] row, int[] columns, char line, bool isHead)
    {
        var cells = row.Select((text, i) => Wrapped(text, columns[i] - 2, '…').Select(t => Pushed(t, columns[i] - 2, sides[i])).ToList())
            .ToList();
        var height = cells.Max(c => c.Count);
        for (var at = 0; at < height; at++)
            yield return line + string.Join(line, cells.Select((cell, i) =>
            {
                var from = isHead ? at - (height - cell.Count) : at;
                return $" {(from >= 0 && from < cell.Count ? cell[from] : new string(' ', columns[i] - 2))} ";
            })) + line;
    }

    static string Pushed(string text, int width, char side) => side switch
    {
        'r' => text.TrimEnd().PadLeft(width),
        'c' => text.TrimEnd() is var t ? t.PadLeft(t.Length + (width - t.Length) / 2).PadRight(width) : "",
        _ => text.PadRight(width),
    };

    /// <summary>Lines broken between words. A word that is longer than a line is cut off with the mark, or goes on in the next line without
    /// one.</summary>
    public static IEnumerable<string> Wrapped(string text, int width, char? mark)
    {
        var (lines, line, taken) = (new List<string>(), new StringBuilder(), 0);
        foreach (var word in Word().Matches(text).Select(m => m.Value))
        {
            var length = word.TrimEnd().Length;
            if (width - taken < length && (taken > 0 || length > width))
            {
                if (line.Length > 0) Take();
                for (var rest = word; mark is null && rest.Length > width && length > width; rest = line.ToString())
                {
                    lines.Add(rest[..width]);
                    line.Clear().Append(rest[width..]);
                }
                if (line.Length == 0) line.Append(word);
                taken = line.Length;
                continue;
            }
            line.Append(word);
            taken += word.Length;
        }
        Take();
        return lines;

        void Take()
        {
            var full = line.ToString();
            // Blanks that stick out are dropped; other text that does is cut off.
            var kept = full.Length <= width ? full : full.TrimEnd() is var t && t.Length <= width ? full[..width] : t;
            lines.Add(kept.Length <= width ? kept : mark is { } m ? kept[..(width - 1)] + m : kept[..width]);
            line.Clear();
            taken = 0;
        }
    }

    [GeneratedRegex(@"\s*\S+\s*")]
    private static partial Regex Word();
}
