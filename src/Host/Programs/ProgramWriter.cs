using System.Text;
using Workbook.Host.Directives;
using Workbook.Host.Documents;

namespace Workbook.Host.Programs;

/// <summary>
/// Writes a notebook as a program of one file, for <c>dotnet run app.cs</c>. Each cell begins with <c>// %%</c>, as in other editors'
/// notebooks of plain
/// source; text stands in comments. What a program has elsewhere (packages and usings first, types last) is taken out of the cells by a
/// mark in front of
/// its lines and stands a second time where the program wants it. The marks make the way back exact.
/// </summary>
static class ProgramWriter
{
    /// <summary>Begins a cell, and with a word in brackets one that is not C#.</summary>
    public const string Cell = "// %%";

    /// <summary>In front of a line of a cell that the program has elsewhere or not at all.</summary>
    public const string Moved = "//! ";

    /// <summary>In front of a line that the cell does not have.</summary>
    public const string Added = "/*!*/ ";

    /// <summary>The cell, last in the file, of what is made from the others.</summary>
    public const string Made = "[made from the cells above]";

    /// <summary>The usings that cells have and a program of one file has not.</summary>
    public static IReadOnlyList<string> Usings { get; } = ["using System.Collections;", "using System.Text;"];

    /// <summary>The text of the program, and a sentence for each thing that does not survive.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="projects">The project that an assembly is built from, as seen from where the program will lie; null where none is
    /// known.</param>
    /// <exception cref="NotebookFormatException">A cell holds a line that would begin another cell or carry a mark.</exception>
    public static (string Text, IReadOnlyList<string> Losses) Write(NotebookDocument document, Func<string, string?> projects)
    {
        var (packages, usings, types, losses) = (new List<string>(), new List<string>(Usings), new List<string>(), new List<string>());
        var cells = new StringBuilder();
        var declared = new Dictionary<string, int>();
        foreach (var (cell, number) in document.Cells.Select((c, i) => (c, i + 1)))
        {
            var source = (cell.Language is "markdown" or "raw" ? cell.Source : CellOptions.WithTags(cell.Source, cell.Tags))
                .Trim('\n', '\r');
            if (source.Length == 0) continue;
            if (cell.Language == "csharp" && CodeDepth.Problem(source) is { } problem)
                throw new NotebookFormatException($"Cell {number}: expected code that can be taken apart. Received: {problem}.");
            var plain = source.Replace("\r\n", "\n");
            if (plain.Replace("\n", "").AsSpan().ContainsAny(CodeText.LineEnds) || cell.Language.AsSpan().ContainsAny(CodeText.LineEnds))
                throw new NotebookFormatException(
                    $"Cell {number}: it holds a character at which C# ends a line and a notebook does not (carriage return, U+0085, U+2028 or "
                        + "U+2029), so what stands behind it would be other code in a .cs file. Remove it.");
            if (cell.Language != "csharp")
            {
                source = plain;
                cells.Append('\n').Append(Cell).Append(" [").Append(cell.Language).Append("]\n").Append(Commented(source)).Append('\n');
                if (cell.Language is not ("markdown" or "raw"))
                    losses.Add($"Cell {number}: {cell.Language} is kept as a comment; the program does not show it.");
                continue;
            }

            if (source.Split('\n')
                .FirstOrDefault(
                    l => l.StartsWith(Cell, StringComparison.Ordinal) || l.StartsWith(Moved, StringComparison.Ordinal)
                        || l.StartsWith(Added, StringComparison.Ordinal)) is { } mark)
                throw new NotebookFormatException(
                    $"Cell {number}: the line \"{mark}\" would be taken for a mark of the program. Indent it.");
            var code = new ProgramCell(source, number, projects);
            packages.AddRange(code.Packages.Where(p => !packages.Contains(p)));
            usings.AddRange(code.Usings.Where(u => !usings.Contains(u)));
            types.AddRange(code.Types);
            losses.AddRange(code.Losses);
            foreach (var name in code.Variables)
                if (!declared.TryAdd(name, number) && declared[name] != number)
                    losses.Add(
                        $"Cell {number}: {name} is declared in cell {declared[name]} already; a program declares a variable once. "
                            + "Give it another name, or assign.");
            cells.Append('\n').Append(Cell).Append('\n').Append(code.Text).Append('\n');
        }

        var meta = document.Metadata["polyglot_notebook"] is { } kept && OneLine(NotebookJson.Line(kept)) is var line
            && line != DibWriter.DefaultMeta ? $"{Cell} [meta] {line}\n" : "";
        var head = string.Concat(packages.Concat(usings).Select(l => l + "\n"));
        var foot = types.Count == 0 ? "" : $"\n{Cell} {Made}\n{string.Join("\n", types)}\n";
        return (head + (meta.Length > 0 ? "\n" + meta : "") + cells + foot, losses);
    }

    /// <summary>JSON may hold as they are some characters at which C# ends a comment.</summary>
    static string OneLine(string json) => json.Replace("\u0085", "\\u0085").Replace("\u2028", "\\u2028").Replace("\u2029", "\\u2029");

    static string Commented(string text) => string.Join('\n', text.Split('\n').Select(l => l.Length == 0 ? "//" : "// " + l));
}
