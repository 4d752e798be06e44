namespace Workbook.Keras;

/// <summary>Where a variable that is learned stands beside a symbolic value: <c>x * v</c>.</summary>
/// <param name="Variable">The variable itself, not a function of it.</param>
/// <param name="IsFirst">Whether it is the left operand.</param>
readonly record struct LearnedPlaces(Variable Variable, bool IsFirst)
{
    /// <summary>The layer that stands in a file for a step with a learned variable; null: it is no such step.</summary>
    public static LearnedOperation? LayerOf(Step step) => Of(step) is [var place] ? new(step.Name, place.Variable, place.IsFirst) : null;

    /// <summary>The place of a step that becomes a <see cref="LearnedOperation"/>; none if it reads no such variable, or in another
    /// way.</summary>
    public static LearnedPlaces[] Of(Step step)
    {
        if (step.Layer is not null || !LearnedOperation.Operations.Contains(step.Name) || step.Inputs.Length != 2) return [];
        return [.. step.Inputs.Select((x, i) => (Variable: (x as KerasOperand.Known)?.Variable, IsFirst: i == 0))
            .Where(p => p.Variable is { trainable: true }).Select(p => new LearnedPlaces(p.Variable!, p.IsFirst))];
    }
}
