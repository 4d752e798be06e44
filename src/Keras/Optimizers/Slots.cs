using Workbook.Tensors.Backends;

namespace Workbook.Keras;

/// <summary>What an optimizer remembers about one variable.</summary>
sealed class Slots(Variable[] variables)
{
    Tensor? gathered;

    /// <summary>One piece of state.</summary>
    public Tensor this[int slot]
    {
        get => variables[slot].value();
        set => variables[slot].assign(Backend.Current.Flush(value));
    }

    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>The moving average of the variable, if it is kept.</summary>
    public Tensor? Average { get; set => field = value is null ? null : Backend.Current.Flush(value); }

    /// <summary>Adds a gradient to those waiting for an update.</summary>
    public void Gather(Tensor gradient) => gathered = gathered is null ? gradient : gathered + gradient;

    /// <summary>The sum of the waiting gradients, which are forgotten.</summary>
    public Tensor TakeGathered()
    {
        var sum = gathered!;
        gathered = null;
        return sum;
    }
}
