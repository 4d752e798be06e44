namespace Workbook.Host.Export.Browser;

/// <summary>The browser did not start, or a page in it failed; the message says what the browser said.</summary>
public sealed class BrowserException : Exception
{
    internal BrowserException(string message) : base(message)
    {
    }
}
