namespace Workbook.Host.Export.Around;

/// <summary>A link to a page of the same book.</summary>
/// <param name="Address">Relative to the page that links.</param>
/// <param name="Title">What the link says, as plain text.</param>
sealed record PageLink(string Address, string Title)
{
    /// <summary>The address of a file, given by its path with forward slashes.</summary>
    public static string AddressOf(string file) => string.Join('/', file.Split('/').Select(Uri.EscapeDataString));

    /// <summary>
    /// How a page, given by its name with forward slashes, leads back to the folder of the index: ../ for each folder it lies in.
    /// </summary>
    public static string WayUp(string name) => string.Concat(Enumerable.Repeat("../", name.Count(c => c == '/')));
}
