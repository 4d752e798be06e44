using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Directives;
using Workbook.Host.Sessions;

namespace Workbook.Host.Language;

/// <summary>Finds what can stand in a directive: its name, or the file that it is about.</summary>
static class DirectiveFinder
{
    static readonly string[] Names =
        [.. CSharpSession.Known, "#if", "#elif", "#else", "#endif", "#define", "#undef", "#region", "#endregion", "#nullable", "#pragma"];

    static readonly Dictionary<string, string[]> Extensions = new()
    {
        ["#r"] = [".dll"],
        ["#load"] = [".csx", ".cs"],
        ["#!import"] = [".dib", ".ipynb", ".csx", ".cs"],
    };

    /// <summary>What can stand at the cursor; null where the cursor is in no directive.</summary>
    /// <param name="code">The cell.</param>
    /// <param name="cursor">A position in it.</param>
    /// <param name="folder">The notebook's folder, from which paths are found.</param>
    public static Completions? Find(string code, int cursor, string folder)
    {
        var line = code.LastIndexOf('\n', Math.Max(cursor - 1, 0), cursor) + 1;
        var typed = code[line..cursor].TrimStart();
        if (!typed.StartsWith('#')) return null;
        var start = cursor - typed.Length;
        if (!CSharpSyntaxTree.ParseText(code, DirectiveReader.Dialect).GetRoot().FindTrivia(start).IsDirective) return null;

        if (!typed.Contains(' '))
        {
            var rest = code[cursor..].TakeWhile(c => !char.IsWhiteSpace(c)).Count();
            return new Completions(start, cursor + rest,
                [.. Names.Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)
                    .Select(n => new Completion(n, "directive"))]);
        }

        var name = typed.Split(' ')[0];
        var argument = typed[name.Length..].TrimStart().TrimStart('"');
        var file = argument[(argument.LastIndexOf('/') + 1)..];
        return new Completions(cursor - file.Length, cursor,
            Extensions.TryGetValue(name, out var known) ? [.. Files(Path.Combine(folder, argument[..^file.Length]), file, known)] : []);
    }

    static IEnumerable<Completion> Files(string folder, string typed, string[] extensions)
    {
        if (!Directory.Exists(folder)) return [];
        var options = new EnumerationOptions
        { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = true };
        var inside = new DirectoryInfo(folder);
        return inside.EnumerateDirectories("*", options).Select(d => $"{d.Name}/")
            .Concat(inside.EnumerateFiles("*", options).Where(f => extensions.Contains(f.Extension)).Select(f => f.Name))
            .Where(n => n.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase)
                .Select(n => new Completion(n, "path"));
    }
}
