namespace Workbook.Host.Files;

/// <summary>
/// Which folders above a notebook belong to the same workbook, so that their data and documentation may be published with it.
/// </summary>
static class WorkbookFolders
{
    /// <summary>
    /// The folder and those above it, up to the one that holds <c>.git</c>. Where none does, the folder and the one above it: what lies
    /// further up is somebody else's. A home folder and the root of a disk hold more than a workbook, so they are not taken for one that
    /// lies below them.
    /// </summary>
    public static IEnumerable<string> From(string folder)
    {
        var own = new DirectoryInfo(Path.GetFullPath(folder));
        if (Root(own.FullName) is { } root)
        {
            for (var at = own; at.FullName != root; at = at.Parent!) yield return at.FullName;
            yield return root;
            yield break;
        }

        yield return own.FullName;
        if (own.Parent is { Parent: not null } above && above.FullName != Home) yield return above.FullName;
    }

    /// <summary>The nearest folder upwards that holds <c>.git</c>; null when there is none.</summary>
    public static string? Root(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            if (Path.Exists(Path.Combine(at.FullName, ".git"))) return at.FullName;
        return null;
    }

    static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
