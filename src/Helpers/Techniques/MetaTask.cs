using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>One of many small problems of a kind: a few rows to adapt to, and others that say how well that went.</summary>
/// <param name="X">Inputs to adapt to (the support).</param>
/// <param name="Y">Their targets.</param>
/// <param name="QueryX">Inputs that judge.</param>
/// <param name="QueryY">Their targets.</param>
public sealed record MetaTask(Tensor X, Tensor Y, Tensor QueryX, Tensor QueryY);
