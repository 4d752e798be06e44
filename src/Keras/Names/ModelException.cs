namespace Workbook.Keras;

/// <summary>A model, layer or optimizer is used in a way that it is not ready for: not compiled, not built, a graph with a gap.</summary>
/// <param name="message">What was expected, what was received, what to do.</param>
public sealed class ModelException(string message) : InvalidOperationException(message);
