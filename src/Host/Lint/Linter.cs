using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Run.Verification;
using Workbook.Host.Sessions;
using Workbook.Host.Wording;

namespace Workbook.Host.Lint;

/// <summary>Finds what makes a notebook break elsewhere: on another machine, on .NET Interactive, for a reader who cannot see.</summary>
static partial class Linter
{
    static readonly string[] Tags = ["parameters", "injected-parameters", "raises-exception", "skip-execution", "exercise", "solution",
        "hide-input", "remember"];

    static readonly string[] Options = ["tags", "alt", "tolerance", "picture", "fold"];

    /// <summary>A string, raw string or comment that goes on past the end.</summary>
    static readonly string[] Unterminated = ["CS1035", "CS1039", "CS8997"];

    /// <summary>The directives that .NET Interactive knows in a C# cell.</summary>
    static readonly string[] Directives = ["#r", "#i", "#load", "#!import", "#!set", "#!share", "#!value", "#!who", "#!whos", "#!time",
        "#!about", "#!lsmagic"];

    /// <summary>What there is to say about a notebook, in the order of its cells.</summary>
    /// <param name="document">The notebook.</param>
    /// <param name="folder">Its folder, where pictures are looked for; null looks for none.</param>
    public static IEnumerable<Finding> Check(NotebookDocument document, string? folder = null)
    {
        var page = PageLint.Check(document, folder);
        if (document.Metadata.Count == 0)
            yield return new Finding("metadata", 0, 1,
                "The notebook does not say its language. "
                    + "A .dib file begins with #!meta and {\"kernelInfo\":{\"defaultKernelName\":\"csharp\",…}}; \"workbook convert\" "
                        + "writes it.");
        foreach (var remark in document.Remarks)
            yield return new Finding("format", 0, 0, $"{remark} Other programs may refuse the file; \"workbook convert\" writes it anew.");
        for (var i = 0; i < document.Cells.Count; i++)
        {
            var cell = document.Cells[i];
            foreach (var (rule, line, message) in Text(cell).Concat(page[i].Select(n => (n.Rule, Math.Max(n.Place.Line - 1, 0), n.Message)))
                .Concat(cell.Language == "csharp" ? Code(cell) : []))
                yield return new Finding(rule, i + 1, cell.Line > 0 ? cell.Line + line : 0, message);
        }
    }

    static IEnumerable<(string Rule, int Line, string Message)> Text(Cell cell)
    {
        foreach (var (text, line) in cell.Source.Split('\n').Select((t, l) => (t, l)))
        {
            if (Languages.Known.Marker(text) is not null || text.StartsWith("#!meta", StringComparison.Ordinal))
                yield return ("marker", line, $"The line {text} would begin another cell in a .dib file. Indent it.");
            if (AbsolutePath().Match(text) is { Success: true } path)
                yield return ("absolute-path", line, $"{path.Value} exists on one machine only. Use a path relative to the notebook.");
            if (cell.Language is "markdown" or "html" && MissingAlt().IsMatch(text))
                yield return ("alt", line,
                    "The picture has no alternative text; write what it shows between the brackets, or as alt=\"…\" of an img.");
        }
    }

    static IEnumerable<(string Rule, int Line, string Message)> Code(Cell cell)
    {
        foreach (var (key, value, line) in CellOptions.Read(cell.Source))
        {
            if (!Options.Contains(key))
                yield return ("option", line,
                    $"There is no option {key}{Nearest.Suggestion(key, Options)}. Known are {string.Join(", ", Options)}.");
            foreach (var tag in key == "tags" ? CellOptions.Tags($"//| tags: {value}") : [])
                if (!Tags.Contains(CellOptions.Name(tag)))
                    yield return ("tag", line,
                        $"There is no tag {tag}{Nearest.Suggestion(tag, Tags)}. Known are {string.Join(", ", Tags)}.");
        }

        if (CellTolerance.Read(cell.Source, out _) is { } problem)
            yield return ("tolerance", CellOptions.Read(cell.Source).First(o => o.Key == "tolerance").Line, problem);

        if (CellOptions.Value(cell.Source, "alt") is null
            && cell.Outputs.Exists(o => o.Bundle?[FigureHtml.MimeType] is { } figure && !FigureHtml.HasWords(figure)))
            yield return ("alt", 0,
                "A figure of this cell has neither a title nor a text that stands for it. "
                    + "Give it a title that says what it shows, or begin the cell with //| alt: and that sentence.");

        if (CodeDepth.Problem(cell.Source) is { } tooMuch)
        {
            yield return ("code", 0, $"The code is not looked at: {tooMuch}.");
            yield break;
        }

        var (directives, source) = DirectiveReader.Read(cell.Source);
        foreach (var directive in directives.Where(d => !Directives.Contains(d.Name)))
            yield return ("directive", directive.Line - 1,
                $"Unknown directive {directive.Name}. Known are {string.Join(", ", Directives)}.");

        var tree = CSharpSyntaxTree.ParseText(source, DirectiveReader.Dialect);
        if (tree.GetDiagnostics().FirstOrDefault(d => Unterminated.Contains(d.Id)) is { } open)
            yield return ("marker", open.Location.GetLineSpan().StartLinePosition.Line,
                "A string or comment does not end in this cell. "
                    + "A line in it that is exactly a marker such as #!markdown ended the cell; indent that line.");
        var root = (CompilationUnitSyntax)tree.GetRoot();
        if (LibraryCell.NeedsOne(root))
            yield return ("interactive", 0,
                ".NET Interactive refuses this cell: its script dialect has no namespaces and no extension methods in classes. "
                    + "Put the code into a library.");
    }

    // A path from the root is told from an address on a site ("/index") by a folder that machines have, or by folders and a file's ending;
    // a share
    // (\\server\folder) from an escaped character by the kind of string.
    [GeneratedRegex(""""
        (?<=["'(]|^\#(load|r)\ ")(
            /(home|Users|root|tmp|mnt|var|opt|usr|srv|etc|data|media|Volumes)/[^\s"')]*
            |/[\w.-]+/[\w./-]*\.[A-Za-z]\w{0,5}(?=["')])
            |[A-Za-z]:[\\/][^\s"')]*
            |file:///?[^\s"')]+)
        |(?<=@"|"""|^\#(load|r)\ ")\\\\[\w.-]+\\[^\s"']+
        |(?<=")\\\\\\\\[\w.-]+\\\\[^\s"']+
        """", RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex AbsolutePath();

    // No tag is looked for behind the beginning of the next: a line of nothing but beginnings would be searched to its end for each.
    [GeneratedRegex(@"!\[\s*\]\(|<img\b(?![^<>]*\balt\s*=)[^<>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex MissingAlt();
}
