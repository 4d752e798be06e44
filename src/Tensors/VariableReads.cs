namespace Workbook.Tensors;

/// <summary>Notes which variables are read while it is open: how a model finds the variables that a function between its layers uses.</summary>
/// <remarks>Scopes nest; every open scope of the thread sees each read. Trainable or not, taped or not, does not matter.</remarks>
public sealed class VariableReads : IDisposable
{
    [ThreadStatic] static VariableReads? innermost;

    readonly VariableReads? outer = innermost;
    readonly List<Variable> read = [];

    /// <summary>Opens a scope.</summary>
    public VariableReads() => innermost = this;

    /// <summary>The variables read so far, each once, in the order of their first reading.</summary>
    public IReadOnlyList<Variable> Variables => read;

    /// <summary>Closes the scope.</summary>
    public void Dispose() => innermost = outer;

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
        for (var scope = innermost; scope is not null; scope = scope.outer)
            if (!scope.read.Contains(variable)) scope.read.Add(variable);
    }
}
