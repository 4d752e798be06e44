namespace Workbook.Tensors;

/// <summary>Shapes, axes or indices do not fit an op. The message names the op, the shapes and the rule.</summary>
/// <param name="message">What was expected, what was received, what to do.</param>
public sealed class ShapeException(string message) : ArgumentException(message);
