using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Workbook.Host.Packages;

/// <summary>
/// The packages that a notebook asks for with <c>#r "nuget: …"</c>, and where else to look for them, <c>#i "nuget: …"</c>.
/// </summary>
/// <param name="Packages">Version by package name; <c>*</c> where the notebook names none.</param>
/// <param name="Sources">Further package sources: folders or addresses.</param>
sealed record PackageSet(ImmutableSortedDictionary<string, string> Packages, ImmutableSortedSet<string> Sources)
{
    const string Prefix = "nuget:";

    /// <summary>Nothing.</summary>
    public static PackageSet Empty { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase), []);

    /// <summary>Whether the argument of a directive names a package or a package source.</summary>
    public static bool IsPackage(string argument) => argument.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The set with the package of <c>nuget: Name, 1.2.3</c>.</summary>
    /// <exception cref="FormatException">There is no name, or the name or version holds what neither can.</exception>
    public PackageSet Add(string argument)
    {
        var parts = argument[Prefix.Length..].Split(',', 2, StringSplitOptions.TrimEntries);
        var version = parts.Length == 2 && parts[1].Length > 0 ? parts[1] : "*";
        if (parts[0].Length == 0 || !parts[0].All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            || !version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+' or '*' or '[' or ']' or '(' or ')' or ',' or ' '))
            throw new FormatException($"Expected \"nuget: Name, 1.2.3\". Received: \"{argument}\".");
        return this with { Packages = Packages.SetItem(parts[0], version) };
    }

    /// <summary>The set with the source of <c>nuget: folder-or-address</c>.</summary>
    /// <param name="argument">The argument of the directive.</param>
    /// <param name="folder">The notebook's folder; a relative source is relative to it.</param>
    /// <exception cref="FormatException">It names none, or several.</exception>
    public PackageSet AddSource(string argument, string folder)
    {
        var source = argument[Prefix.Length..].Trim();

        // The restore would take these for its own: several sources, and values of the build.
        if (source.Length == 0 || source.Contains(';') || source.Contains("$(", StringComparison.Ordinal)
            || source.Contains("@(", StringComparison.Ordinal) || source.Contains("%(", StringComparison.Ordinal))
            throw new FormatException($"Expected \"nuget: folder or address\". Received: \"{argument}\".");
        return this with
        {
            Sources = Sources.Add(
            source.Contains("://", StringComparison.Ordinal) ? source : Path.GetFullPath(source, folder))
        };
    }

    /// <summary>Whether a package must be had in exactly the version that is asked for.</summary>
    public bool IsLocked { get; init; }

    /// <summary>All that decides what a restore gives, as text.</summary>
    [JsonIgnore]
    public string Key =>
        string.Join('\n', Packages.Select(p => $"{p.Key.ToLowerInvariant()} {p.Value}").Concat(Sources).Order(StringComparer.Ordinal));
}
