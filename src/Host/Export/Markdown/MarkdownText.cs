using Markdig.Syntax;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// Reads Markdown within limits: its reader takes time that grows as the square of some texts, and gives up on what nests too deep.
/// </summary>
static class MarkdownText
{
    /// <summary>The longest text that is read, in characters, pictures in it not counted. A chapter of a book has 50 000.</summary>
    public const int Limit = 200_000;

    /// <summary>The parsed text.</summary>
    /// <exception cref="FormatException">It is too long, or nests too deep.</exception>
    public static MarkdownDocument Parse(string markdown)
    {
        if (markdown.Length > Limit)
            throw new FormatException(
                $"Expected Markdown of at most {Limit:N0} characters. Received: {markdown.Length:N0}. Split the cell.");
        try
        {
            return Markdig.Markdown.Parse(markdown, MarkdownPage.Pipeline);
        }
        catch (ArgumentException)
        {
            throw new FormatException("Expected Markdown that nests less than 128 deep. Received: more. Take some of the levels away.");
        }
    }
}
