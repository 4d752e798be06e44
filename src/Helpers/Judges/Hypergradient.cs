using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What a judge says about learned variables at their current values.</summary>
/// <param name="Loss">The loss of the judge; a judge wants it small.</param>
/// <param name="Gradients">Its gradients by the variables, in their order.</param>
/// <param name="InnerGradientNorm">‖∂ training loss / ∂ weights‖ where the judge stood; null for a judge without an inner problem.</param>
public sealed record Hypergradient(double Loss, IReadOnlyList<Tensor> Gradients, double? InnerGradientNorm = null);
