using Workbook.Host.Documents;

namespace Workbook.Host.Documents;

/// <summary>Finds the notebooks that paths name.</summary>
static class NotebookSearch
{
    /// <summary>The notebooks in order, and what is wrong with the paths.</summary>
    /// <remarks>
    /// A folder gives all notebooks below it, hidden folders, <c>bin</c>, <c>obj</c> and <paramref name="output"/> left out; where x.dib and x.ipynb lie side by
    /// side the second is the executed twin of the first and is left out too.
    /// </remarks>
    /// <param name="paths">Files and folders, as a reader names them.</param>
    /// <param name="output">A folder to leave out.</param>
    /// <param name="from">The full path of the folder that relative paths start from.</param>
    public static (IReadOnlyList<NotebookPath> Notebooks, IReadOnlyList<string> Problems) Find(IEnumerable<string> paths, string output, string from)
    {
        var (notebooks, problems) = (new List<NotebookPath>(), new List<string>());
        foreach (var path in paths)
        {
            var full = Path.GetFullPath(path, from);
            if (Directory.Exists(full))
            {
                var found = InFolder(full, Path.GetFullPath(output, from), from).ToList();
                if (found.Count == 0) problems.Add($"{path}: expected a folder with notebooks (.dib, .ipynb); found none in it.");
                notebooks.AddRange(found);
            }
            else if (!File.Exists(full)) problems.Add($"{path}: there is no such file or folder.");
            else if (!NotebookFile.IsNotebook(full)) problems.Add($"{path}: expected a notebook (.dib, .ipynb) or a folder.");
            else notebooks.Add(new NotebookPath(full, Path.GetFileNameWithoutExtension(full), from));
        }

        var distinct = notebooks.DistinctBy(n => n.File).ToList();
        foreach (var same in distinct.GroupBy(n => n.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            problems.Add($"{string.Join(" and ", same.Select(n => n.Shown))} would write the same files ({same.Key}.*); only the first is run. Run them one by one with different --out folders.");
            foreach (var other in same.Skip(1)) distinct.Remove(other);
        }

        return (distinct, problems);
    }

    static IEnumerable<NotebookPath> InFolder(string root, string output, string from)
    {
        var files = Walk(new DirectoryInfo(root), output).Where(NotebookFile.IsNotebook).Order(StringComparer.Ordinal).ToList();
        return files.Where(f => Path.GetExtension(f) == ".dib" || !files.Contains(Path.ChangeExtension(f, ".dib")))
            .Select(f => new NotebookPath(f, Path.ChangeExtension(Path.GetRelativePath(root, f), null).Replace('\\', '/'), from));
    }

    static IEnumerable<string> Walk(DirectoryInfo folder, string output) =>
        folder.EnumerateFiles().Select(f => f.FullName).Concat(folder.EnumerateDirectories()
            .Where(d => !d.Name.StartsWith('.') && d.Name is not ("bin" or "obj") && d.FullName != output)
            .SelectMany(d => Walk(d, output)));
}
