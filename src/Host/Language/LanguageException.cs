namespace Workbook.Host.Language;

/// <summary>A question about a text has no answer: the worker is gone, or the compiler's services failed.</summary>
sealed class LanguageException(string message) : Exception(message);
