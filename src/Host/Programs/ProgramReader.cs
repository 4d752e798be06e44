using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Host.Documents;

namespace Workbook.Host.Programs;

/// <summary>
/// Reads a program of one file as a notebook: one that <see cref="ProgramWriter"/> wrote cell by cell, any other as a single cell.
/// </summary>
static partial class ProgramReader
{
    /// <summary>The notebook, and a sentence for each thing that does not survive.</summary>
    /// <exception cref="NotebookFormatException">The metadata that the file carries is no JSON.</exception>
    public static (NotebookDocument Document, IReadOnlyList<string> Losses) Read(string text)
    {
        var lines = text.TrimStart('\uFEFF').Replace("\r\n", "\n").Split('\n');
        var losses = new List<string>();
        var first = Array.FindIndex(lines, l => Marker().IsMatch(l));
        var cells = new List<Cell>();
        JsonNode? meta = null;
        for (var at = first < 0 ? lines.Length : first; at < lines.Length;)
        {
            var kind = Marker().Match(lines[at]).Groups["kind"].Value;
            var end = Array.FindIndex(lines, at + 1, l => Marker().IsMatch(l));
            if (end < 0) end = lines.Length;
            if (kind == "meta")
                meta = NotebookJson.Parse(System.Text.Encoding.UTF8.GetBytes(Marker().Match(lines[at]).Groups["rest"].Value));
            else if ($"[{kind}]" != ProgramWriter.Made) Add(cells, kind.Length == 0 ? "csharp" : kind, lines[(at + 1)..end]);
            at = end;
        }

        // What the head holds beyond what is made from the cells was written by hand, or the file is somebody else's.
        var known = cells.Where(c => c.Language == "csharp").SelectMany(c => c.Source.Split('\n')).Select(l => l.Trim())
            .Concat(ProgramWriter.Usings).ToHashSet();
        var head = lines[..(first < 0 ? lines.Length : first)].Select(l => Directive(l, known, losses)).OfType<string>()
            .Where(l => !known.Contains(l.Trim()));
        var own = new List<Cell>();
        Add(own, "csharp", [.. head]);
        return (new NotebookDocument
        {
            Cells = [.. own, .. cells],
            Metadata = meta is null ? [] : new JsonObject { ["polyglot_notebook"] = meta },
        }, losses);
    }

    static void Add(List<Cell> cells, string language, string[] lines)
    {
        var source =
            string.Join('\n',
                language == "csharp" ? lines.Where(l => !l.StartsWith(ProgramWriter.Added, StringComparison.Ordinal)).Select(Unmarked)
                    : lines.Select(Uncommented)).Trim('\n');
        if (source.Length > 0)
            cells.Add(new Cell { Language = language, Source = source, Tags = language == "csharp" ? CellOptions.Tags(source) : [] });
    }

    static string Unmarked(string line) =>
        line.StartsWith(ProgramWriter.Moved, StringComparison.Ordinal) ? line[ProgramWriter.Moved.Length..] : line;

    static string Uncommented(string line) => line.StartsWith("// ", StringComparison.Ordinal) ? line[3..] : line == "//" ? "" : line;

    /// <summary>A line of the head as a cell has it; null where a cell that was made has it already.</summary>
    static string? Directive(string line, IReadOnlySet<string> known, List<string> losses)
    {
        if (Package().Match(line) is { Success: true } package)
            return $"#r \"nuget: {package.Groups[1].Value}{(package.Groups[2].Value is "" or "*" ? "" : $", {package.Groups[2].Value}")}\"";
        if (!line.StartsWith("#:", StringComparison.Ordinal) && !line.StartsWith("#!", StringComparison.Ordinal)) return line;
        if (Project(line) is { } project
            && known.Any(l => l.StartsWith("#r ", StringComparison.Ordinal)
                && l.Contains($"{project}.dll", StringComparison.OrdinalIgnoreCase))) return null;
        losses.Add(
            $"{line}: a notebook has no such line; it is kept as a "
                + $"comment.{(line.StartsWith("#:project", StringComparison.Ordinal) ? " Refer to what the project builds: #r \"path.dll\"." : "")}");
        return $"// {line}";
    }

    /// <summary>The name of the project that a line refers to; null where it refers to none.</summary>
    static string? Project(string line)
    {
        const string mark = "#:project ";
        if (!line.StartsWith(mark, StringComparison.Ordinal)) return null;
        var path = line[mark.Length..].Trim();
        var file = path[(path.LastIndexOfAny(['/', '\\']) + 1)..];
        return file.Length == 0 ? null : file.EndsWith(".csproj", StringComparison.Ordinal) ? file[..^".csproj".Length] : file;
    }

    [GeneratedRegex(@"^// %%(?: \[(?<kind>[^\]]*)\](?: (?<rest>.*))?)?\s*$")]
    private static partial Regex Marker();

    [GeneratedRegex(@"^#:package\s+([^@\s]+)(?:@(\S+))?\s*$")]
    private static partial Regex Package();
}
