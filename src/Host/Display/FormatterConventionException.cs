namespace Workbook.Host.Display;

/// <summary>A type names a formatter source, and the source does not look as the convention says.</summary>
public sealed class FormatterConventionException : Exception
{
    internal FormatterConventionException(string message) : base(message)
    {
    }
}
