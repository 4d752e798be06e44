namespace Workbook.Tensors;

/// <summary>A result that mathematics does not define: a singular matrix, a matrix that is not positive definite.</summary>
/// <param name="message">What was expected, what was received, what to do.</param>
public sealed class NumericException(string message) : ArithmeticException(message);
