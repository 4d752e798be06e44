using System.Text.RegularExpressions;
using Workbook.Host.Files;

namespace Workbook.Host.Export.Around;

/// <summary>The repository on GitHub that notebooks lie in, for links to it.</summary>
/// <param name="Name">Owner and name: <c>owner/name</c>.</param>
/// <param name="Folder">Its folder on this machine; null when not known.</param>
sealed partial record GitHubRepository(string Name, string? Folder)
{
    /// <summary>Its address.</summary>
    public string Address => $"https://github.com/{Name}";

    /// <summary>Where a reader opens it in a Codespace.</summary>
    public string CodespaceAddress => $"https://codespaces.new/{Name}?quickstart=1";

    /// <summary>The address of a file or folder on this machine; null for what lies outside of the repository.</summary>
    public string? AddressOf(string path)
    {
        if (Folder is null) return null;
        var inside = Path.GetRelativePath(Folder, path).Replace('\\', '/');
        if (inside.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(inside)) return null;
        var kind = Directory.Exists(path) ? "tree" : "blob";
        return inside == "." ? Address : $"{Address}/{kind}/HEAD/{string.Join('/', inside.Split('/').Select(Uri.EscapeDataString))}";
    }

    /// <summary>
    /// The repository of a folder: as it is named, else as GitHub Actions says, else as git's own settings say of <c>origin</c>. Null where
    /// none of them knows one on GitHub: then a page has no link, since a guessed one would lead nowhere.
    /// </summary>
    /// <param name="folder">A folder of the notebooks.</param>
    /// <param name="named">An address, or owner and name; null for none.</param>
    /// <exception cref="FormatException">What is named is no repository on GitHub.</exception>
    public static GitHubRepository? Find(string folder, string? named)
    {
        var root = WorkbookFolders.Root(folder);
        if (named is not null)
            return new GitHubRepository(NameIn(named) ?? NameIn($"github.com/{named}") ?? throw new FormatException(
                $"--repository: expected a repository on GitHub. Received: {named}. Write owner/name or its address."), root);
        if (root is null) return null;
        var known = Environment.GetEnvironmentVariable("GITHUB_REPOSITORY") is { Length: > 0 } job
            && Environment.GetEnvironmentVariable("GITHUB_WORKSPACE") is { Length: > 0 } workspace
            && Path.GetFullPath(workspace).TrimEnd(Path.DirectorySeparatorChar) == root ? NameIn($"github.com/{job}") : null;
        return (known ?? NameIn(Origin(root) ?? "")) is { } name ? new GitHubRepository(name, root) : null;
    }

    static string? Origin(string root)
    {
        var git = Path.Combine(root, ".git");
        // A second work tree has a file that names its place, and its settings lie two folders above that.
        if (RegularFile.Is(git) && RegularFile.Text(git).Trim() is ['g', 'i', 't', 'd', 'i', 'r', ':', .. var place])
            git = Path.GetFullPath("../..", Path.GetFullPath(place.Trim(), root));
        var settings = Path.Combine(git, "config");
        if (!RegularFile.Is(settings)) return null;
        var isOrigin = false;
        foreach (var line in RegularFile.Text(settings).Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith('[')) isOrigin = line == "[remote \"origin\"]";
            else if (isOrigin && line.Split('=', 2) is [var key, var value] && key.Trim() == "url") return value.Trim();
        }

        return null;
    }

    /// <summary>Owner and name of an address; who logs in by it is left out.</summary>
    static string? NameIn(string address) => OnGitHub().Match(address) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"^(?:https?://|ssh://)?(?:[^@/\s]+@)?github\.com[:/](?<name>[\w.-]+/[\w.-]+?)(?:\.git)?/?$", RegexOptions.IgnoreCase)]
    private static partial Regex OnGitHub();
}
