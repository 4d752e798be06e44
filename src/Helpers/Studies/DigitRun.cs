using Workbook.Keras;

namespace Workbook.Helpers;

/// <summary>A training of <see cref="DigitTasks"/> from its first step to its last.</summary>
/// <param name="Model">The trained network.</param>
/// <param name="Weights">The weights of the two losses at each step.</param>
/// <param name="Losses">The two losses at each step, before it.</param>
/// <param name="Looks">What was seen at the steps that were asked for; the end is the last.</param>
public sealed record DigitRun(Model Model, IReadOnlyList<double[]> Weights, IReadOnlyList<double[]> Losses, IReadOnlyList<DigitLook> Looks)
{
    /// <summary>The look after the last step.</summary>
    public DigitLook End => Looks[^1];
}
