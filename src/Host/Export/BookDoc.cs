namespace Workbook.Host.Export;

/// <summary>A page of documentation in a book.</summary>
/// <param name="File">The Markdown file.</param>
/// <param name="Address">Its page, from the folder of the index.</param>
/// <param name="Title">Its title.</param>
sealed record BookDoc(string File, string Address, string Title);
