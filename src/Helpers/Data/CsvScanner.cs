using System.Text;

namespace Workbook.Helpers;

/// <summary>Splits the text of a CSV file into rows and keeps count of its lines.</summary>
ref struct CsvScanner(string text, string name)
{
    int at;
    int line = 1;

    /// <summary>
    /// All rows, header included, without blank lines. Where there is one column, a blank line between others is a row whose value is
    /// missing.
    /// </summary>
    public List<CsvRow> Rows()
    {
        var rows = new List<CsvRow>();
        var blank = new List<CsvRow>();
        at = text.StartsWith('\uFEFF') ? 1 : 0;
        while (at < text.Length)
        {
            var (first, isQuoted) = (line, text[at] == '"');
            var fields = new List<string> { Field() };
            while (at < text.Length && text[at] == ',')
            {
                at++;
                fields.Add(Field());
            }
            EndOfLine();
            if (fields is [""] && !isQuoted)
            {
                blank.Add(new(first, [""]));
                continue;
            }

            if (rows is [{ Fields.Length: 1 }, ..]) rows.AddRange(blank);
            blank.Clear();
            rows.Add(new(first, [.. fields]));
        }
        return rows;
    }

    string Field()
    {
        if (at < text.Length && text[at] == '"') return Quoted();
        var start = at;
        while (at < text.Length && text[at] is not (',' or '\r' or '\n')) at++;
        return text[start..at];
    }

    string Quoted()
    {
        var first = line;
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                at++;
                if (at >= text.Length || text[at] != '"') return field.ToString();
            }
            if (text[at] == '\n') line++;
            field.Append(text[at]);
        }
        throw new CsvException($"{name}, line {first}: expected a closing quote. Received: the end of the file.");
    }

    void EndOfLine()
    {
        if (at >= text.Length) return;
        if (text[at] == '\r') at++;
        if (at < text.Length && text[at] == '\n') at++;
        else if (text[at - 1] != '\r')
            throw new CsvException(
                $"{name}, line {line}: expected a comma or the end of the line after a quoted field. Received: '{text[at]}'.");
        line++;
    }
}
