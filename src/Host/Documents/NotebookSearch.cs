using Workbook.Host.Files;
using Workbook.Host.Wording;

namespace Workbook.Host.Documents;

/// <summary>Finds the notebooks that paths name. What cannot be a notebook's is named and passed over, whatever lies in a folder.</summary>
sealed class NotebookSearch
{
    readonly List<NotebookPath> notebooks = [];

    readonly List<string> problems = [];

    readonly List<string> notices = [];

    readonly HashSet<string> seen = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    readonly string output;

    readonly string from;

    readonly CancellationToken cancellation;

    NotebookSearch(string output, string from, CancellationToken cancellation) =>
        (this.output, this.from, this.cancellation) = (Path.GetFullPath(output, from), from, cancellation);

    /// <summary>The notebooks in order, and what is wrong with the paths.</summary>
    /// <remarks>
    /// A folder gives all notebooks below it, hidden folders, <c>bin</c>, <c>obj</c> and <paramref name="output"/> left out; where x.dib
    /// and x.ipynb lie side by
    /// side the second is the executed twin of the first and is left out too. Links to folders are followed, each real folder once.
    /// </remarks>
    /// <param name="paths">Files and folders, as a reader names them.</param>
    /// <param name="output">A folder to leave out.</param>
    /// <param name="from">The full path of the folder that relative paths start from.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static FoundNotebooks Find(IEnumerable<string> paths, string output, string from, CancellationToken cancellation)
    {
        var search = new NotebookSearch(output, from, cancellation);
        foreach (var path in paths) search.Add(path);
        return search.Found();
    }

    void Add(string path)
    {
        var (full, shown) = (Path.GetFullPath(path, from), Harmless.Line(path));
        if (Directory.Exists(full))
        {
            var (before, wrong) = (notebooks.Count, problems.Count);
            seen.Clear();
            Walk(full, full);
            notebooks.Sort(before, notebooks.Count - before,
                Comparer<NotebookPath>.Create((a, b) => string.CompareOrdinal(a.File, b.File)));
            if (notebooks.Count == before && problems.Count == wrong)
                problems.Add($"{shown}: expected a folder with notebooks (.dib, .ipynb); found none in it.");
        }
        else if (!File.Exists(full)) problems.Add($"{shown}: there is no such file or folder.");
        else if (!NotebookFile.IsNotebook(full)) problems.Add($"{shown}: expected a notebook (.dib, .ipynb) or a folder.");
        else Take(full, Path.GetFileNameWithoutExtension(full));
    }

    void Take(string file, string name)
    {
        var (found, own) = (new NotebookPath(file, name, from), Path.GetFileName(file));
        if (own.Any(char.IsControl)) problems.Add($"{found.Shown}: not run, because its name holds a control character. Rename it.");
        else if (PortableName.IsTooLong(Path.GetFileNameWithoutExtension(own)))
            problems.Add($"{found.Shown}: not run, because the names of its results would be longer than a name may be. Shorten its name.");
        else if (!OperatingSystem.IsWindows() && FileKind.Of(file) is { IsRegular: false } kind)
            problems.Add($"{found.Shown}: not run, because it is no file but {kind.Words}.");
        else notebooks.Add(found);
    }

    void Walk(string folder, string root)
    {
        cancellation.ThrowIfCancellationRequested();
        if (RealPath.Of(folder) is not { } real || !seen.Add(real)) return;
        List<FileSystemInfo> entries;
        try
        {
            entries = [.. new DirectoryInfo(folder).EnumerateFileSystemInfos().OrderBy(e => e.FullName, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            problems.Add($"{Shown(folder)}: passed over, because the folder cannot be read: {e.Message}");
            return;
        }

        var files = entries.Where(e => e is FileInfo && NotebookFile.IsNotebook(e.FullName)).Select(e => e.FullName).ToHashSet();
        foreach (var file in entries.Select(e => e.FullName).Where(files.Contains))
            if (Path.GetExtension(file) == ".dib" || !files.Contains(Path.ChangeExtension(file, ".dib")))
                Take(file, Path.ChangeExtension(Path.GetRelativePath(root, file), null).Replace('\\', '/'));

        // What lies in a folder goes by its own path and not by that of a link.
        foreach (var inner in entries.OfType<DirectoryInfo>().Where(IsWanted).OrderBy(d => d.LinkTarget is not null))
        {
            if (inner.Name.Any(char.IsControl))
                problems.Add($"{Shown(inner.FullName)}: passed over, because the folder's name holds a control character. Rename it.");
            else if (inner.LinkTarget is null) Walk(inner.FullName, root);
            else Follow(inner.FullName, root);
        }
    }

    bool IsWanted(DirectoryInfo folder) => !folder.Name.StartsWith('.') && folder.Name is not ("bin" or "obj") && folder.FullName != output;

    /// <summary>A link to a folder that holds the search's own would lead through all that lies beside it.</summary>
    void Follow(string link, string root)
    {
        if (RealPath.Of(link) is not { } real) return;
        var isAbove = $"{RealPath.Of(root)}{Path.DirectorySeparatorChar}"
            .StartsWith(real == Path.GetPathRoot(real) ? real : real + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        if (isAbove || seen.Contains(real))
            notices.Add(
                $"{Shown(link)}: passed over, because the link leads back "
                    + $"to {(isAbove ? "a folder that it lies in" : "a folder that was searched already")}.");
        else Walk(link, root);
    }

    string Shown(string path) => new NotebookPath(path, "", from).Shown;

    FoundNotebooks Found()
    {
        var distinct = notebooks.DistinctBy(n => n.File).ToList();
        foreach (var same in distinct.GroupBy(n => n.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            problems.Add(
                $"{string.Join(" and ", same.Select(n => n.Shown))} would write the same files ({same.Key}.*); only the first is run. "
                    + "Run them one by one with different --out folders.");
            foreach (var other in same.Skip(1)) distinct.Remove(other);
        }

        return new FoundNotebooks(distinct, problems, notices);
    }
}
