namespace Workbook.Host.Documents;

/// <summary>What a search has found.</summary>
/// <param name="Notebooks">The notebooks in order.</param>
/// <param name="Problems">What could not be had: paths that lead nowhere, folders that cannot be read, files that are none.</param>
/// <param name="Notices">What was passed over and is no loss.</param>
sealed record FoundNotebooks(IReadOnlyList<NotebookPath> Notebooks, IReadOnlyList<string> Problems, IReadOnlyList<string> Notices);
