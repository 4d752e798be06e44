using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>One step of a <see cref="Weighting"/>.</summary>
/// <param name="Losses">The losses before the step.</param>
/// <param name="Weights">The weight that each had.</param>
/// <param name="Gradients">One for each variable; null where no loss reads it.</param>
public sealed record WeightedStep(Tensor[] Losses, double[] Weights, Tensor[] Gradients);
