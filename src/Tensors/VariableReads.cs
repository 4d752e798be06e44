using Workbook.Tensors.Autodiff;

namespace Workbook.Tensors;

/// <summary>
/// Notes which variables are read while it is open: how a model finds the variables that a function between its layers uses.
/// </summary>
/// <remarks>
/// Scopes nest; every open scope sees each read, also in tasks that are started inside. Trainable or not, taped or not, does not matter.
/// </remarks>
public sealed class VariableReads : IDisposable
{
    static readonly AsyncLocal<VariableReads?> flowing = new(static change => innermost = change.CurrentValue);

    [ThreadStatic] static VariableReads? innermost;

    readonly List<(Variable Variable, long Writes)> read = [];
    HashSet<Variable>? known;
    VariableReads? outer;
    bool entered, closed, isStep;
    List<Tensor>? casts;

    /// <summary>Opens a scope.</summary>
    public VariableReads() => Enter();

    VariableReads(bool open)
    {
        if (open) Enter();
    }

    /// <summary>The variables read so far, each once, in the order of their first reading.</summary>
    public IReadOnlyList<Variable> Variables => [.. read.Select(r => r.Variable)];

    /// <summary>How many variables were read so far.</summary>
    public int Count => read.Count;

    /// <summary>Whether what is read now belongs to something frozen: no scope notes it, and tapes do not watch it by themselves.</summary>
    internal static bool Closed => Innermost?.closed == true;

    /// <summary>A scope for what a frozen layer computes: its variables are constants there, for whoever calls it.</summary>
    public static VariableReads OfFrozen() => new() { closed = true };

    /// <summary>A scope that is entered later, again and again.</summary>
    /// <param name="isStep">Whether it is that of a step of training, in which all is read that the step is made of.</param>
    public static VariableReads Waiting(bool isStep = false) => new(open: false) { isStep = isStep };

    /// <summary>A scope that also keeps the tensors that are cast to numbers.</summary>
    public static VariableReads OfCasts() => new() { casts = [] };

    /// <summary>The tensors with an origin that were cast to numbers inside.</summary>
    public IReadOnlyList<Tensor> Casts => casts ?? [];

    /// <summary>Opens the scope again, with what it has noted.</summary>
    public VariableReads Enter()
    {
        outer = Innermost;
        closed = outer?.closed == true;
        entered = true;
        // One that is carried already, from step to step, need not be told again.
        if (!ReferenceEquals(flowing.Value, this)) flowing.Value = this;
        innermost = this;
        return this;
    }

    /// <summary>Closes the scope.</summary>
    public void Dispose()
    {
        entered = false;
        innermost = outer;
    }

    /// <summary>The innermost open scope. A closed one may still be carried here, by a flow that began before it closed.</summary>
    static VariableReads? Innermost
    {
        get
        {
            var scope = innermost;
            while (scope is { entered: false }) scope = innermost = scope.outer;
            return scope;
        }
    }

    /// <summary>The step of training that runs here; null: none.</summary>
    static VariableReads? Step
    {
        get
        {
            var scope = Innermost;
            while (scope is { isStep: false } or { entered: false }) scope = scope.outer;
            return scope;
        }
    }

    /// <summary>Whether a step of training or of evaluation in a fit runs here.</summary>
    public static bool InStep => Step is not null;

    /// <summary>Trainable variables among those that no step has read, where one runs: what comes of them is of an earlier
    /// moment.</summary>
    internal static Variable[] Unread(Lineage lineage) => !lineage.CouldTrain || Step is not { } step ? []
        : Array.FindAll(lineage.Variables, v => v.trainable && !step.Has(v));

    /// <summary>A tensor becomes a number.</summary>
    internal static void NoteCast(Tensor tensor)
    {
        if (tensor.IsGradient) Unasked.LookedAt(tensor);
        if (tensor.Lineage is not { CouldTrain: true } lineage) return;
        for (var scope = Innermost; scope is not null; scope = scope.outer) scope.casts?.Add(tensor);
        // Of v alone a cast says that a constant is meant; not of what a step has computed with it.
        if (Unread(lineage) is { Length: > 0 } unread && unread.Length < lineage.Variables.Length)
            Snapshot.SayNumbers("A number in a step of training", unread.Where(v => v.Snapshot is null));
    }

    /// <summary>The variables read since there were so many, with the number of times they had been written before.</summary>
    public IEnumerable<(Variable Variable, long Writes)> Since(int count) => read.Skip(count);

    /// <summary>Until it is disposed no scope notes what is read: for numbers that are read and not followed.</summary>
    public static IDisposable Unseen() => new Veil();

    sealed class Veil : IDisposable
    {
        readonly VariableReads? hidden = innermost;

        public Veil() => innermost = null;

        public void Dispose() => innermost = hidden;
    }

    internal static void Note(Variable variable)
    {
        if (Innermost is not { closed: false } scope || ReferenceEquals(variable.NotedBy, scope)) return;
        for (variable.NotedBy = scope; scope is not null; scope = scope.outer)
            if (scope.entered) scope.Add(variable);
    }

    bool Has(Variable variable)
    {
        lock (read) return known?.Contains(variable) ?? read.Exists(r => ReferenceEquals(r.Variable, variable));
    }

    void Add(Variable variable)
    {
        lock (read)
        {
            if (Has(variable)) return;
            read.Add((variable, variable.Writes));
            if (known is not null) known.Add(variable);
            else if (read.Count > 8) known = [.. read.Select(r => r.Variable)];
        }
    }
}
