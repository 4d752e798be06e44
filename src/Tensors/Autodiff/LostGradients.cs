namespace Workbook.Tensors.Autodiff;

/// <summary>While open, also in tasks that are started inside: at which ops a followed computation loses the way back, and which values of
/// a moment it meets.</summary>
public sealed class LostGradients : IDisposable
{
    static readonly AsyncLocal<LostGradients?> innermost = new();

    readonly LostGradients? outer = innermost.Value;
    readonly List<(string Op, Tensor Input)> lost = [];

    /// <summary>Opens a scope.</summary>
    public LostGradients() => innermost.Value = this;

    /// <summary>The values of a moment that were met: the variable, and where.</summary>
    public IReadOnlyList<(Variable Variable, string Where)> Snapshots => snapshots;

    readonly List<(Variable, string)> snapshots = [];

    /// <summary>An input that a tape follows goes into an op that no gradient comes back from.</summary>
    internal static void See(string op, Tensor input)
    {
        if (input.Tapes is null) return;
        Unasked.Lost(op, input);
        if (innermost.Value is not { } scope) return;
        lock (scope.lost) scope.lost.Add((op, input));
    }

    /// <summary>A value of a moment is used. True: somebody takes note of it here, and nothing else need be remembered.</summary>
    internal static bool Note(Variable variable, string where)
    {
        if (innermost.Value is not { } scope) return false;
        lock (scope.snapshots) scope.snapshots.Add((variable, where));
        return true;
    }

    /// <summary>The ops that lose the gradient of each variable.</summary>
    public IReadOnlyDictionary<Variable, IReadOnlyList<string>> ByVariable()
    {
        Dictionary<Variable, List<string>> found = [];
        foreach (var (op, input) in lost)
            foreach (var variable in input.Origins().Distinct())
            {
                if (!found.TryGetValue(variable, out var ops)) found.Add(variable, ops = []);
                if (!ops.Contains(op)) ops.Add(op);
            }
        return found.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)f.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => innermost.Value = outer;
}
