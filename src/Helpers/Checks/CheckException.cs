namespace Workbook.Helpers;

/// <summary>A check of a notebook failed. The message is the line that was printed.</summary>
/// <param name="message">What was expected and what was received.</param>
/// <param name="cause">The exception that came instead of what was expected; null where none came.</param>
public sealed class CheckException(string message, Exception? cause = null) : Exception(message, cause);
