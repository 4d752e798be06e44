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
    bool entered, closed;

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
    public static VariableReads Waiting() => new(open: false);

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

    /// <summary>Whether a scope is open here.</summary>
    internal static bool IsOpen => Innermost is not null;

    /// <summary>Whether a scope that is open here has seen the variable read.</summary>
    internal static bool HasSeen(Variable variable)
    {
        for (var scope = Innermost; scope is not null; scope = scope.outer)
            if (scope.entered && (ReferenceEquals(variable.NotedBy, scope) || scope.Has(variable))) return true;
        return false;
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
