using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>What a call passes down to the calls inside it, also in tasks that they start: whether this is training, and where losses are
/// gathered.</summary>
sealed class CallContext : IDisposable
{
    /// <summary>
    /// Goes along into tasks. Setting it costs as much as a small layer, so it is set where training begins to be another than outside: the
    /// calls in between differ in their names only.
    /// </summary>
    static readonly AsyncLocal<CallContext?> carried = new();

    [ThreadStatic] static CallContext? current;

    readonly CallContext? outer = Current, before = current;
    readonly VariableReads? still;
    readonly List<(string Layer, Tensor Value)> losses;
    bool open = true;

    /// <summary>Opens the context of a call.</summary>
    /// <param name="training">Null: as the call around it, or false.</param>
    /// <param name="place">What is called, for messages.</param>
    /// <param name="frozen">Whether the variables that are read inside are constants.</param>
    public CallContext(bool? training, string place, bool frozen)
    {
        Place = place;
        if (frozen) still = VariableReads.OfFrozen();
        Training = training ?? outer?.Training ?? false;
        losses = outer?.losses ?? [];
        if (outer?.Training != Training) carried.Value = this;
        current = this;
    }

    /// <summary>The context of the innermost call that is running here; null outside of calls. A closed one may still be carried here, by a
    /// flow that began before it closed.</summary>
    public static CallContext? Current
    {
        get
        {
            var from = carried.Value;
            while (from is { open: false }) from = from.outer;
            // A thread may do the work of another flow while it waits.
            return from is not null && current is { } here && here.Training == from.Training && here.IsInside(from) ? here : from;
        }
    }

    static CallContext() => Snapshot.Where = static () => Current?.Place;

    /// <summary>What runs, for messages.</summary>
    public string Place { get; set; }

    public bool Training { get; }

    /// <summary>What the outermost call has gathered so far from add_loss and activity regularizers.</summary>
    public (string Layer, Tensor Value)[] Losses
    {
        get
        {
            lock (losses) return [.. losses];
        }
    }

    public bool IsOutermost => outer is null;

    /// <summary>Takes in a part of the loss.</summary>
    public void Add(string layer, Tensor loss)
    {
        lock (losses) losses.Add((layer, loss));
    }

    bool IsInside(CallContext other)
    {
        for (var context = this; context is not null; context = context.outer)
            if (ReferenceEquals(context, other)) return true;
        return false;
    }

    public void Dispose()
    {
        open = false;
        current = before;
        still?.Dispose();
    }
}
