using Workbook.Keras;

namespace Workbook.Helpers;

/// <summary>One of many small problems of a kind: a few rows to adapt to, and others that say how well that went.</summary>
/// <remarks>Of a model with several inputs or outputs: <c>new([a, b], [y, z], [qa, qb], [qy, qz])</c>, or by name.</remarks>
/// <param name="X">Inputs to adapt to (the support).</param>
/// <param name="Y">Their targets.</param>
/// <param name="QueryX">Inputs that judge.</param>
/// <param name="QueryY">Their targets.</param>
public sealed record MetaTask(Batch X, Batch Y, Batch QueryX, Batch QueryY);
