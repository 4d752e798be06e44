namespace Workbook.Host.Packages;

/// <summary>What restored packages bring for this platform.</summary>
/// <param name="Assemblies">Managed assemblies.</param>
/// <param name="Natives">Native libraries.</param>
/// <param name="Notes">Where a version is another than the one asked for, a sentence each.</param>
/// <param name="Holes">Which packages have known holes, as far as their source said when they were restored, a sentence each.</param>
sealed record PackageFiles(IReadOnlyList<string> Assemblies, IReadOnlyList<string> Natives, IReadOnlyList<string> Notes,
    IReadOnlyList<string> Holes)
{
    /// <summary>What a reader is told.</summary>
    public IEnumerable<string> Said => Notes.Concat(Holes);
}
