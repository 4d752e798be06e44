namespace Workbook.Host.Jupyter.Zmtp;

/// <summary>What came over a connection is not as ZMTP has it; the connection is closed.</summary>
/// <param name="message">What was expected and what was received.</param>
sealed class WireException(string message) : Exception(message);
