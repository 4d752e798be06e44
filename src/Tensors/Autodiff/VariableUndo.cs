namespace Workbook.Tensors.Autodiff;

/// <summary>While open on a thread: what variables are told is taken back in the end, bit for bit. Scopes nest.</summary>
public sealed class VariableUndo : IDisposable
{
    [ThreadStatic] static VariableUndo? innermost;

    readonly VariableUndo? outer = innermost;
    readonly Dictionary<Variable, Action> before = [];

    /// <summary>Opens a scope.</summary>
    public VariableUndo() => innermost = this;

    /// <summary>The variables that were written.</summary>
    public IReadOnlyCollection<Variable> Written => before.Keys;

    /// <summary>A variable is about to be written.</summary>
    internal static void Before(Variable variable)
    {
        for (var scope = innermost; scope is not null; scope = scope.outer)
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
        innermost = outer;
    }
}
