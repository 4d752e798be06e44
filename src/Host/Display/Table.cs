using System.Text;

namespace Workbook.Host.Display;

/// <summary>Rows and columns of text, ready to be written.</summary>
/// <param name="Header">One name per column; empty for a grid without names.</param>
/// <param name="Rows">The cells. A row may be shorter than the others.</param>
/// <param name="IsNumeric">Whether a column holds only numbers and is aligned to the right; one per column.</param>
/// <param name="HasRowNames">Whether the first column names its row.</param>
/// <param name="Note">What is not shown; null when all is.</param>
sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<bool> IsNumeric,
    bool HasRowNames, string? Note)
{
    /// <summary>A table of values; what exceeds <see cref="Limits.Columns"/> is dropped and noted.</summary>
    /// <param name="header">One name per column; empty for a grid.</param>
    /// <param name="rows">The values, already cut to <see cref="Limits.Rows"/>.</param>
    /// <param name="total">How many rows there are; null when not known.</param>
    /// <param name="hasRowNames">Whether the first column names its row.</param>
    public static Table Of(IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<object?>> rows, int? total, bool hasRowNames = false)
    {
        var width = rows.Select(r => r.Count).Append(header.Count).Max();
        var columns = Enumerable.Range(0, Math.Min(width, Limits.Columns)).ToList();
        string?[] notes = [Limits.Note(rows.Count, total, "rows"), Limits.Note(columns.Count, width, "columns")];
        var note = string.Join("; ", notes.Where(n => n is not null));
        return new Table(
            [.. header.Take(columns.Count)],
            [.. rows.Select(r => r.Take(columns.Count).Select(v => Inline.Of(v, Limits.Cell)).ToList())],
            [.. columns.Select(
                c => rows.All(r => c >= r.Count || r[c] is null || Scalar.IsNumber(r[c]))
                    && rows.Any(r => c < r.Count && r[c] is not null))],
            hasRowNames, note.Length > 0 ? note : null);
    }

    /// <summary>The table in columns of a fixed pitch, two spaces apart.</summary>
    public string ToText()
    {
        var lines = new List<IReadOnlyList<string>>();
        if (Header.Count > 0) lines.Add(Header);
        lines.AddRange(Rows);
        var widths = IsNumeric.Select((_, c) => lines.Max(l => c < l.Count ? l[c].Length : 0)).ToList();
        if (Header.Count > 0) lines.Insert(1, [.. widths.Select(w => new string('-', w))]);
        var text = lines.Select(
            line => string.Join("  ", line.Select((cell, c) => IsNumeric[c] ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c])))
                .TrimEnd());
        return string.Join('\n', Note is null ? text : text.Append(Note));
    }

    /// <summary>The table as an HTML table; numeric cells have the class <c>num</c>.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table>");
        if (Header.Count > 0)
        {
            html.Append("<thead><tr>");
            for (var c = 0; c < Header.Count; c++)
                html.Append(IsNumeric[c] ? "<th scope=\"col\" class=\"num\">" : "<th scope=\"col\">").Append(Encode(Header[c]))
                    .Append("</th>");
            html.Append("</tr></thead>");
        }
        html.Append("<tbody>");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            for (var c = 0; c < row.Count; c++)
            {
                if (c == 0 && HasRowNames) html.Append("<th scope=\"row\">").Append(Encode(row[c])).Append("</th>");
                else html.Append(IsNumeric[c] ? "<td class=\"num\">" : "<td>").Append(Encode(row[c])).Append("</td>");
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (Note is not null) html.Append("<p class=\"note\">").Append(Encode(Note)).Append("</p>");
        return html.ToString();
    }

    static string Encode(string text) => System.Net.WebUtility.HtmlEncode(text);
}
