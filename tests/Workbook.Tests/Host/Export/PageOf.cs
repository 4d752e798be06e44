using Workbook.Host.Documents;
using Workbook.Host.Export;

namespace Workbook.Tests.Host.Export;

/// <summary>Pages of small notebooks, as text.</summary>
static class PageOf
{
    /// <summary>A PNG of one pixel.</summary>
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>The page of a document, and what it does not show as it was asked to.</summary>
    public static (string Page, IReadOnlyList<string> Notes) Document(NotebookDocument document, PageOptions? options = null)
    {
        var file = Path.GetTempFileName();
        try
        {
            var summary = HtmlPage.Write(document, file, options ?? new PageOptions());
            return (File.ReadAllText(file), summary.Notes);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The page of one Markdown cell.</summary>
    public static (string Page, IReadOnlyList<string> Notes) Markdown(string source, PageOptions? options = null) =>
        Document(new NotebookDocument { Cells = { new Cell { Language = "markdown", Source = source } } }, options);

    /// <summary>The page of one code cell.</summary>
    public static (string Page, IReadOnlyList<string> Notes) Outputs(PageOptions? options, params CellOutput[] outputs) =>
        Document(new NotebookDocument { Cells = { new Cell { Language = "csharp", Source = "x", Outputs = [.. outputs] } } }, options);

    /// <summary>An output of one representation beside its text.</summary>
    public static DisplayOutput Display(string type, System.Text.Json.Nodes.JsonNode value) =>
        new(new MimeBundle { [type] = value, ["text/plain"] = "plain" });
}
