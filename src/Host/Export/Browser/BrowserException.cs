namespace Workbook.Host.Export.Browser;

/// <summary>The browser did not start, or a page in it failed; the message says what the browser said.</summary>
sealed class BrowserException : Exception
{
    public BrowserException(string message) : base(message)
    {
    }

    /// <summary>Whether it is the page that failed; the browser itself goes on.</summary>
    public bool IsOfPage { get; init; }
}
