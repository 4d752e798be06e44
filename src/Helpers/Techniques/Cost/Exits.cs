using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What rows were told by the stages of an <see cref="EarlyExit"/>.</summary>
/// <param name="Probabilities">(rows, classes): those of the stage at which each row left.</param>
/// <param name="Stage">That stage, from 0 on.</param>
/// <param name="Operations">The mean number of multiplications of a row.</param>
public sealed record Exits(Tensor Probabilities, IReadOnlyList<int> Stage, double Operations);
