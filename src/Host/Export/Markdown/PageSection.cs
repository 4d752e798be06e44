namespace Workbook.Host.Export.Markdown;

/// <summary>A heading with the prose below it, as plain text.</summary>
/// <param name="Id">The anchor; empty for what stands before the first heading.</param>
/// <param name="Heading">The heading.</param>
/// <param name="Text">The prose.</param>
/// <param name="IsFolded">Whether a prediction stands before it.</param>
sealed record PageSection(string Id, string Heading, string Text, bool IsFolded);
