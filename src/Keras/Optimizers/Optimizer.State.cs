namespace Workbook.Keras;

public abstract partial class Optimizer
{
    /// <summary>Which kinds of state Keras keeps, in its order: kinds in one group alternate from variable to variable.</summary>
    private protected virtual int[][] SlotGroups => [[.. Enumerable.Range(0, SlotNames.Length)]];

    /// <summary>What stands behind the state of the variables.</summary>
    private protected virtual IEnumerable<StatePart> Beyond(IReadOnlyList<Variable> variables) => [];

    /// <summary>Whether the rate follows a schedule.</summary>
    internal bool HasSchedule => rate.Schedule is not null;

    /// <summary>The whole state in the order in which Keras writes it: the count of updates, the rate unless there is a schedule, moving
    /// averages, waiting gradients, and the state of the rule.</summary>
    /// <param name="variables">What the optimizer moves, in the order of the model.</param>
    internal IEnumerable<StatePart> State(IReadOnlyList<Variable> variables)
    {
        yield return new("the number of updates", Shape.Scalar, DType.Int64, () => tf.constant(batches, DType.Int64),
            v =>
            {
                batches = v.Item<long>();
                iterations = batches / (gradient_accumulation_steps ?? 1);
                gathered = (int)(batches % (gradient_accumulation_steps ?? 1));
            });
        if (rate.Schedule is null)
            yield return new("the learning rate", Shape.Scalar, DType.Float32, () => tf.constant(learning_rate, DType.Float32),
                v => learning_rate = (double)v);
        if (use_ema)
            foreach (var variable in variables)
                yield return new($"the average of '{variable.name}'", variable.shape, variable.dtype,
                    () => StateOf(variable).Average ?? tf.zeros_like(variable), v => StateOf(variable).Average = v);
        if (gradient_accumulation_steps is not null)
            foreach (var variable in variables)
                yield return new($"the waiting gradient of '{variable.name}'", variable.shape, variable.dtype,
                    () => StateOf(variable).Gathered ?? tf.zeros_like(variable), v => StateOf(variable).Gathered = v);
        foreach (var group in SlotGroups)
            foreach (var variable in variables)
                foreach (var slot in group)
                    yield return new($"{SlotNames[slot]} of '{variable.name}'", variable.shape, variable.dtype,
                        () => StateOf(variable)[slot], v => StateOf(variable)[slot] = v);
        foreach (var part in Beyond(variables)) yield return part;
    }

    /// <summary>A number or an array that an optimizer remembers.</summary>
    internal sealed record StatePart(string Name, Shape Shape, DType DType, Func<Tensor> Get, Action<Tensor> Set);
}
