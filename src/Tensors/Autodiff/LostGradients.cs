namespace Workbook.Tensors.Autodiff;

/// <summary>While open on a thread: at which ops a followed computation loses the way back, and which values of a moment it
/// meets.</summary>
public sealed class LostGradients : IDisposable
{
    [ThreadStatic] static LostGradients? innermost;

    readonly LostGradients? outer = innermost;
    readonly List<(string Op, Tensor Input)> lost = [];

    /// <summary>Opens a scope.</summary>
    public LostGradients() => innermost = this;

    /// <summary>The values of a moment that were met: the variable, and where.</summary>
    public IReadOnlyList<(Variable Variable, string Where)> Snapshots => snapshots;

    readonly List<(Variable, string)> snapshots = [];

    /// <summary>An input that a tape follows goes into an op that no gradient comes back from.</summary>
    internal static void See(string op, Tensor input)
    {
        if (innermost is { } scope && input.Tapes is not null) scope.lost.Add((op, input));
    }

    /// <summary>A value of a moment is used. True: somebody takes note of it here, and nothing else need be remembered.</summary>
    internal static bool Note(Variable variable, string where)
    {
        if (innermost is null) return false;
        innermost.snapshots.Add((variable, where));
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
    public void Dispose() => innermost = outer;
}
