namespace Workbook.Host.Export.Markdown;

/// <summary>A notebook cannot become a page; the message says which cell and line and what to do.</summary>
sealed class PageException : Exception
{
    public PageException(string message, Exception inner) : base(message, inner)
    {
    }
}
