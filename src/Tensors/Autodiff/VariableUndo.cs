namespace Workbook.Tensors.Autodiff;

/// <summary>While open, also in tasks that are started inside: what variables are told is taken back in the end, bit for bit. Scopes
/// nest.</summary>
public sealed class VariableUndo : IDisposable
{
    static readonly AsyncLocal<VariableUndo?> innermost = new();

    readonly VariableUndo? outer = innermost.Value;
    readonly Dictionary<Variable, Action> before = [];

    /// <summary>Opens a scope.</summary>
    public VariableUndo() => innermost.Value = this;

    /// <summary>The variables that were written.</summary>
    public IReadOnlyCollection<Variable> Written => before.Keys;

    /// <summary>A variable is about to be written.</summary>
    internal static void Before(Variable variable)
    {
        for (var scope = innermost.Value; scope is not null; scope = scope.outer)
            lock (scope.before)
                if (!scope.before.ContainsKey(variable)) scope.before.Add(variable, variable.Kept());
    }

    /// <summary>Takes back what was written so far; the scope stays open.</summary>
    public void TakeBack()
    {
        foreach (var restore in before.Values) restore();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        TakeBack();
        innermost.Value = outer;
    }
}
