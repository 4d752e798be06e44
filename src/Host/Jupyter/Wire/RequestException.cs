namespace Workbook.Host.Jupyter.Wire;

/// <summary>A message from a front end that is not as the protocol has it.</summary>
/// <param name="message">What was expected and what was received.</param>
sealed class RequestException(string message) : Exception(message);
