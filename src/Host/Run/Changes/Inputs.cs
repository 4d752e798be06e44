using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Directives;
using Workbook.Host.Documents;
using Workbook.Host.Files;
using Workbook.Host.Packages;
using Workbook.Host.Run.Parameters;

namespace Workbook.Host.Run.Changes;

/// <summary>
/// What a run of a notebook depends on, each with a hash of its content: its text, the assemblies that it refers to with those beside them,
/// what it loads
/// and imports, the data, the parameters, and this program.
/// </summary>
/// <remarks>
/// Data are the files and folders that a string of the notebook names, and the folders called <c>data</c> beside and above it. What code
/// reads under a name that it
/// puts together elsewhere, or from a network, is not seen.
/// </remarks>
static class Inputs
{
    /// <summary>A folder with more files is no data of a notebook.</summary>
    const int MostFiles = 2000;

    /// <summary>Of what is larger, or is no file, the time and the length count.</summary>
    const long Largest = 4L << 30;

    static readonly ConcurrentDictionary<(string Path, DateTime Time, long Length), string> Hashes = new();

    /// <summary>The hash of each input by its name.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="options">How it is run.</param>
    public static SortedDictionary<string, string> Of(LoadedNotebook notebook, RunOptions options)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["its place"] = notebook.Path.File,
            ["this program"] = $"{typeof(Inputs).Assembly.ManifestModule.ModuleVersionId} {Environment.Version}",
            ["the parameters"] = string.Join('\n',
                ParameterCell.Of(notebook.Document, options.Assignments).Select(a => $"{a.Name}={a.Value}").Order(StringComparer.Ordinal)
                    .Append(options.Backend ?? "")),
            ["its text"] = Hash(notebook.Path.File),
        };
        if (notebook.Document is not { } document) return found;
        var folder = Path.GetDirectoryName(notebook.Path.File)!;
        Add(found, folder, notebook.Path.File, document.Cells.Where(c => c.Language == "csharp").Select(c => c.Source),
            [notebook.Path.File]);
        foreach (var at in WorkbookFolders.From(folder)) AddPath(found, folder, Path.Combine(at, "data"));
        return found;
    }

    static void Add(SortedDictionary<string, string> found, string root, string file, IEnumerable<string> sources, HashSet<string> seen)
    {
        var folder = Path.GetDirectoryName(file)!;
        foreach (var source in sources)
        {
            if (CodeDepth.Problem(source) is not null) continue;
            var (directives, code) = DirectiveReader.Read(source);
            foreach (var directive in directives.Where(d => d.Argument.Length > 0 && !PackageSet.IsPackage(d.Argument)))
            {
                var path = Path.GetFullPath(directive.Argument.Replace('\\', '/'), folder);
                if (directive.Name == "#r" && File.Exists(path))
                    foreach (var beside in Directory.EnumerateFiles(Path.GetDirectoryName(path)!, "*.dll")) AddPath(found, root, beside);
                else if (directive.Name is "#load" or "#!import") AddImport(found, root, path, seen);
            }

            foreach (var text in CSharpSyntaxTree.ParseText(code, DirectiveReader.Dialect).GetRoot().DescendantTokens().Select(t => t.Value)
                .OfType<string>())
                if (text.Length is > 1 and < 300 && text.IndexOfAny(['\n', '\0']) < 0 && text.Any(c => c is '.' or '/'))
                    AddPath(found, root, Path.GetFullPath(text.Replace('\\', '/'), folder));
        }
    }

    static void AddImport(SortedDictionary<string, string> found, string root, string path, HashSet<string> seen)
    {
        if (!seen.Add(path) || !RegularFile.Is(path)) return;
        AddPath(found, root, path);
        try
        {
            Add(found, root, path,
                NotebookFile.IsNotebook(path) ? NotebookFile.Read(path).Cells.Where(c => c.Language == "csharp").Select(c => c.Source)
                    : [RegularFile.Text(path)], seen);
        }
        catch (Exception e) when (e is NotebookFormatException or IOException or UnauthorizedAccessException)
        {
            // The run says what is wrong with it; its bytes are an input all the same.
        }
    }

    static void AddPath(SortedDictionary<string, string> found, string root, string path)
    {
        if (File.Exists(path)) found[Name(root, path)] = Hash(path);
        else if (Directory.Exists(path) && !root.StartsWith(path, StringComparison.Ordinal))
            foreach (var file in Directory.EnumerateFiles(path).Take(MostFiles)) found[Name(root, file)] = Hash(file);
    }

    static string Name(string root, string path) => Path.GetRelativePath(root, path).Replace('\\', '/');

    static string Hash(string path)
    {
        try
        {
            // A link has a length and a time of its own.
            var file = new FileInfo(RealPath.Of(path) ?? path);
            if (!RegularFile.Is(path) || file.Length > Largest) return $"{file.LastWriteTimeUtc:O} {file.Length}";
            return Hashes.GetOrAdd((path, file.LastWriteTimeUtc, file.Length), _ =>
            {
                using var stream = file.OpenRead();
                return Convert.ToHexStringLower(SHA256.HashData(stream))[..16];
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What cannot be read now may be read by the run; it never counts as unchanged.
            return Guid.NewGuid().ToString("N");
        }
    }
}
