namespace Workbook.Tensors;

/// <summary>A gradient tape was used in a way that cannot give a gradient.</summary>
/// <param name="message">What was expected, what was received, what to do.</param>
public sealed class TapeException(string message) : InvalidOperationException(message);
