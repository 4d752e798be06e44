namespace Workbook.Helpers;

/// <summary>
/// A CSV file does not hold what was asked of it. The message names file, line and column, what was expected and what was received.
/// </summary>
/// <param name="message">What was expected and what was received.</param>
public sealed class CsvException(string message) : Exception(message);
