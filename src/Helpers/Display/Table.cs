using System.Net;
using System.Text;

namespace Workbook.Helpers;

/// <summary>A small table of texts that notebooks show as text and as HTML.</summary>
[TypeFormatterSource(typeof(TableFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Table
{
    /// <summary>A table with a header.</summary>
    /// <param name="columns">The header's cells.</param>
    /// <param name="rows">The rows' cells, as many as the header has.</param>
    /// <exception cref="ArgumentException">A row has another number of cells than the header.</exception>
    public Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Columns = columns;
        Rows = [.. rows];
        foreach (var row in Rows)
            if (row.Count != columns.Count)
                throw new ArgumentException(
                    $"Expected {columns.Count} cells in each row, as in the header. Received: {row.Count} ({string.Join(" | ", row)}).");
    }

    /// <summary>The header's cells.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows' cells.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>The table in aligned columns.</summary>
    public override string ToString()
    {
        var widths = Columns.Select((c, j) => Rows.Select(r => r[j].Length).Append(c.Length).Max()).ToArray();
        var rule = widths.Select(w => new string('-', w)).ToArray();
        var lines = new[] { Columns, rule }.Concat(Rows)
            .Select(r => string.Join("  ", r.Select((cell, j) => cell.PadRight(widths[j]))).TrimEnd());
        return string.Join("\n", lines);
    }

    /// <summary>The table as an HTML element without styles of its own.</summary>
    internal string ToHtml()
    {
        var html = new StringBuilder("<table><thead>");
        Append(html, Columns, "th");
        html.Append("</thead><tbody>");
        foreach (var row in Rows) Append(html, row, "td");
        return html.Append("</tbody></table>").ToString();
    }

    static void Append(StringBuilder html, IReadOnlyList<string> cells, string tag)
    {
        html.Append("<tr>");
        foreach (var cell in cells) html.Append($"<{tag}>{WebUtility.HtmlEncode(cell)}</{tag}>");
        html.Append("</tr>");
    }
}
