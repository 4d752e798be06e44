using Workbook.Host.Export.Markdown;

namespace Workbook.Host.Export;

/// <summary>What stands on a page that was written.</summary>
/// <param name="Title">The first heading.</param>
/// <param name="Introduction">The first paragraph as plain text; null when there is none.</param>
/// <param name="Figures">How many figures it has.</param>
/// <param name="Passed">How many checks passed.</param>
/// <param name="Failed">How many checks failed.</param>
sealed record PageSummary(string Title, string? Introduction, int Figures, int Passed, int Failed)
{
    /// <summary>
    /// What the page does not show as the notebook asks, each with its place: a picture that is not there, a formula with an unknown
    /// command.
    /// </summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The prose by its headings, for a search.</summary>
    public IReadOnlyList<PageSection> Sections { get; init; } = [];
}
