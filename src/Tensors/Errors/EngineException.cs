namespace Workbook.Tensors;

/// <summary>Another engine that was asked for cannot be used, or reports a failure of its own.</summary>
/// <param name="message">What was expected, what was received, what to do.</param>
/// <param name="inner">What the system said, if it said something.</param>
public sealed class EngineException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
