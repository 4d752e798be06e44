namespace Workbook.Helpers;

/// <summary>The gradient of a loss over the values of a variable, or of one of its elements, while everything else stands still.</summary>
/// <param name="Element">The element; null: the variable is a number, or is moved as a whole along its gradient.</param>
/// <param name="Values">The values, rising: in the units of the variable.</param>
/// <param name="Gradients">The derivative there; NaN where the loss is not finite.</param>
/// <param name="Losses">The loss there.</param>
public sealed record Curve(int? Element, IReadOnlyList<double> Values, IReadOnlyList<double> Gradients, IReadOnlyList<double> Losses);
