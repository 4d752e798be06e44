namespace Workbook.Host.Display;

/// <summary>A type names a formatter source, and the source does not look as the convention says.</summary>
sealed class FormatterConventionException : Exception
{
    public FormatterConventionException(string message) : base(message)
    {
    }
}
