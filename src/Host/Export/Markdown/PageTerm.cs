namespace Workbook.Host.Export.Markdown;

/// <summary>A term that pages explain at its first use.</summary>
/// <param name="Name">The term.</param>
/// <param name="Forms">The words by which texts mean it.</param>
/// <param name="Meaning">One plain sentence, as plain text.</param>
/// <param name="Address">Where it stands in the glossary; null when that has no page.</param>
sealed record PageTerm(string Name, IReadOnlyList<string> Forms, string Meaning, string? Address);
