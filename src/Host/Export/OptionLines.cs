namespace Workbook.Host.Export;

/// <summary>The option comments at the head of a code cell (<c>//| key: value</c>): for the host, not for the reader.</summary>
static class OptionLines
{
    const string Mark = "//|";

    /// <summary>The value of an option; null when the cell does not give it.</summary>
    public static string? Value(string source, string key) => Lines(source)
        .Select(l => l[Mark.Length..].Split(':', 2))
        .Where(p => p.Length == 2 && p[0].Trim() == key)
        .Select(p => p[1].Trim()).FirstOrDefault();

    /// <summary>The code without its option comments and without the empty lines around it.</summary>
    public static string Strip(string source) => string.Join('\n', source.Split('\n').Skip(Lines(source).Count())).Trim('\n');

    static IEnumerable<string> Lines(string source) => source.Split('\n').TakeWhile(l => l.StartsWith(Mark, StringComparison.Ordinal));
}
