namespace Workbook.Helpers;

/// <summary>A check of a notebook failed. The message is the line that was printed.</summary>
/// <param name="message">What was expected and what was received.</param>
public sealed class CheckException(string message) : Exception(message);
