using System.Globalization;
using System.Text;

namespace Workbook.Helpers;

/// <summary>Reads a table from a CSV file and writes one: a header, then rows of text that are read as numbers on request.</summary>
/// <remarks>
/// Format: RFC 4180 with a comma, a header line, UTF-8, numbers with a decimal point. A field in double quotes may hold commas,
/// line ends and doubled quotes. Blank lines are skipped; in a table of one column they are missing values, except at its end.
/// </remarks>
public sealed class Csv
{
    static readonly UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    readonly string name;
    readonly List<CsvRow> rows;

    Csv(string name, IReadOnlyList<string> columns, List<CsvRow> rows)
    {
        this.name = name;
        this.rows = rows;
        Columns = columns;
    }

    /// <summary>The names of the columns, in the order of the file.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The number of rows, without the header.</summary>
    public int Rows => rows.Count;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file's path.</param>
    /// <exception cref="CsvException">The file is empty or no UTF-8, a row has another number of fields than the header, or a quote is not
    /// closed; or the path is a folder's.</exception>
    public static Csv Read(string path)
    {
        if (Directory.Exists(path)) throw new CsvException($"{path}: expected a CSV file. Received: a folder. Name a file in it.");
        var bytes = File.ReadAllBytes(path);
        try
        {
            return Parse(utf8.GetString(bytes), Path.GetFileName(path));
        }
        catch (DecoderFallbackException e)
        {
            throw new CsvException(
                $"{Path.GetFileName(path)}: expected UTF-8 text. Received: a byte that is none at position {e.Index}. "
                    + "Save the file as UTF-8.");
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The whole content, header included.</param>
    /// <param name="name">The name that error messages use.</param>
    /// <exception cref="CsvException">As for <see cref="Read"/>.</exception>
    public static Csv Parse(string text, string name = "text")
    {
        var rows = new CsvScanner(text, name).Rows().ToList();
        if (rows.Count == 0) throw new CsvException($"{name}: expected a header line. Received: an empty file.");
        var header = rows[0].Fields;
        foreach (var row in rows)
            if (row.Fields.Length != header.Length)
                throw new CsvException(
                    $"{name}, line {row.Line}: expected {header.Length} fields, as in the header. Received: {row.Fields.Length}.");
        if (header.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new CsvException($"{name}, line 1: expected each column once. Received: '{twice.Key}' {twice.Count()} times.");
        return new(name, header, rows[1..]);
    }

    /// <summary>Writes a table of numbers, each with as many digits as it needs to read back exactly.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="columns">The header.</param>
    /// <param name="rows">The numbers of each row, as many as the header has.</param>
    public static void Write(string path, IReadOnlyList<string> columns, IEnumerable<double[]> rows) =>
        Write(path, columns, rows.Select(r => Array.ConvertAll(r, Exact)));

    /// <summary>Writes a table of texts.</summary>
    internal static void Write(string path, IReadOnlyList<string> columns, IEnumerable<string[]> rows)
    {
        using var file = new StreamWriter(path);
        file.NewLine = "\n";
        foreach (var row in rows.Prepend([.. columns]))
            file.WriteLine(string.Join(',', row.Select(c => c.AsSpan().IndexOfAny(",\"\r\n") < 0 ? c : $"\"{c.Replace("\"", "\"\"")}\"")));
    }

    /// <summary>A number with as many digits as it needs to read back exactly.</summary>
    internal static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>One column as text.</summary>
    /// <param name="column">A name from the header.</param>
    /// <exception cref="CsvException">There is no such column.</exception>
    public string[] Text(string column)
    {
        var index = Index(column);
        return [.. rows.Select(r => r.Fields[index])];
    }

    /// <summary>One column as numbers.</summary>
    /// <param name="column">A name from the header.</param>
    /// <exception cref="CsvException">There is no such column, or a field is not a finite number.</exception>
    public double[] Numbers(string column)
    {
        var index = Index(column);
        return [.. rows.Select(r => Number(r, index))];
    }

    int Index(string column)
    {
        for (var i = 0; i < Columns.Count; i++)
            if (Columns[i] == column) return i;
        throw new CsvException($"{name}: expected a column of the header ({string.Join(", ", Columns)}). Received: '{column}'.");
    }

    double Number(CsvRow row, int index) =>
        !row.Fields[index].Contains('\0')
            && double.TryParse(row.Fields[index], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number)
            ? number
            : throw new CsvException(
                $"{name}, line {row.Line}, column '{Columns[index]}': expected a number such as 32.1. Received: '{row.Fields[index]}'.");
}
