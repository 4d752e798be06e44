namespace Workbook.Tensors.Autodiff;

/// <summary>While open on a thread: at which ops a followed computation loses the way back, and which values of a moment it
/// meets.</summary>
sealed class LostGradients : IDisposable
{
    [ThreadStatic] static LostGradients? innermost;

    readonly LostGradients? outer = innermost;
    readonly List<(string Op, Tensor Input)> lost = [];

    /// <summary>Opens a scope.</summary>
    public LostGradients() => innermost = this;

    /// <summary>The values of a moment that were met: the variable, and where.</summary>
    public List<(Variable Variable, string Where)> Snapshots { get; } = [];

    /// <summary>An input that a tape follows goes into an op that no gradient comes back from.</summary>
    public static void See(string op, Tensor input)
    {
        if (innermost is { } scope && input.Tapes is not null) scope.lost.Add((op, input));
    }

    /// <summary>A value of a moment is used. True: somebody takes note of it here, and nothing else need be remembered.</summary>
    public static bool Note(Variable variable, string where)
    {
        if (innermost is null) return false;
        innermost.Snapshots.Add((variable, where));
        return true;
    }

    /// <summary>The ops that lose the gradient of each variable.</summary>
    public Dictionary<Variable, List<string>> ByVariable()
    {
        Dictionary<Variable, List<string>> found = [];
        foreach (var (op, input) in lost)
            foreach (var variable in input.Origins().Distinct())
            {
                if (!found.TryGetValue(variable, out var ops)) found.Add(variable, ops = []);
                if (!ops.Contains(op)) ops.Add(op);
            }
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => innermost = outer;
}
