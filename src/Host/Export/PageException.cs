namespace Workbook.Host.Export;

/// <summary>A notebook cannot become a page; the message says which cell and line and what to do.</summary>
public sealed class PageException : Exception
{
    internal PageException(string message, Exception inner) : base(message, inner)
    {
    }
}
