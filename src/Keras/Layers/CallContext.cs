using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>What a call passes down to the calls inside it: whether this is training, and where losses are gathered.</summary>
sealed class CallContext : IDisposable
{
    [ThreadStatic] static CallContext? current;

    readonly CallContext? outer = current;
    readonly VariableReads? still;

    /// <summary>Opens the context of a call.</summary>
    /// <param name="training">Null: as the call around it, or false.</param>
    /// <param name="place">What is called, for messages.</param>
    /// <param name="frozen">Whether the variables that are read inside are constants.</param>
    public CallContext(bool? training, string place, bool frozen)
    {
        Place = place;
        if (frozen) still = VariableReads.OfFrozen();
        Training = training ?? outer?.Training ?? false;
        Losses = outer?.Losses ?? [];
        current = this;
    }

    /// <summary>The context of the innermost call that is running; null outside of calls.</summary>
    public static CallContext? Current => current;

    static CallContext() => Snapshot.Where = static () => current?.Place;

    /// <summary>What runs, for messages.</summary>
    public string Place { get; set; }

    public bool Training { get; }

    /// <summary>What the outermost call has gathered so far from add_loss and activity regularizers.</summary>
    public List<(string Layer, Tensor Value)> Losses { get; }

    public bool IsOutermost => outer is null;

    public void Dispose()
    {
        current = outer;
        still?.Dispose();
    }
}
