namespace Workbook.Tensors;

/// <summary>An op was given elements of a type that it does not take, or two types that do not mix.</summary>
/// <param name="message">What was expected, what was received, what to do.</param>
public sealed class DTypeException(string message) : ArgumentException(message);
