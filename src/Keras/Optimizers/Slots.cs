using Workbook.Tensors.Backends;

namespace Workbook.Keras;

/// <summary>What an optimizer remembers about one variable: a tensor for each name in <see cref="Optimizer.SlotNames"/>.</summary>
public sealed class Slots
{
    readonly Variable[] variables;
    Tensor? gathered;

    /// <summary>The sum of the gradients that wait for an update, if there are any.</summary>
    internal Tensor? Gathered
    {
        get => gathered;
        set => gathered = value;
    }

    internal Slots(Variable[] variables) => this.variables = variables;

    /// <summary>One piece of state. What is set must have the shape and dtype of the variable.</summary>
    /// <param name="slot">Its place in <see cref="Optimizer.SlotNames"/>.</param>
    public Tensor this[int slot]
    {
        get => variables[slot].value();
        set => variables[slot].assign(Backend.Current.Flush(value));
    }

    internal IReadOnlyList<Variable> Variables => variables;

    /// <summary>The moving average of the variable, if it is kept.</summary>
    internal Tensor? Average { get; set => field = value is null ? null : Backend.Current.Flush(value); }

    /// <summary>Whether an update has moved the variable.</summary>
    public bool HasMoved { get; set; }

    /// <summary>How many updates have left the variable as it was, before the first that moved it.</summary>
    public int Zeros { get; set; }

    /// <summary>The greatest element of a gradient that moved nothing.</summary>
    internal double Greatest { get; set; }

    /// <summary>Whether a constraint gives the old value back.</summary>
    internal bool Held { get; set; }

    /// <summary>Whether somebody was told.</summary>
    public bool ToldStill { get; set; }

    /// <summary>Adds a gradient to those waiting for an update.</summary>
    internal void Gather(Tensor gradient) => gathered = gathered is null ? gradient : gathered + gradient;

    /// <summary>The sum of the waiting gradients, which are forgotten.</summary>
    internal Tensor TakeGathered()
    {
        var sum = gathered!;
        gathered = null;
        return sum;
    }
}
