namespace Workbook.Tensors.Autodiff;

/// <summary>A gradient that a variable scales, clips or joins on its way into an update: an assignment stops gradients, so nothing moves
/// that variable.</summary>
static class MixedUpdate
{
    /// <summary>Marks gradients that no tape follows: what is computed from them knows which variables came later.</summary>
    /// <param name="gradients">Those of one question.</param>
    /// <param name="sources">What they are gradients of.</param>
    public static void Mark(Tensor?[] gradients, Operand[] sources)
    {
        HashSet<Variable> behind = [.. sources.OfType<Variable>()];
        if (behind.Count == 0) return;
        foreach (var g in gradients)
            foreach (var v in g?.Lineage?.Variables ?? []) behind.Add(v);
        Variable[] all = [.. behind];
        foreach (var g in gradients)
            if (g is { Tapes: null, Source: null }) g.Lineage = new(g.Lineage?.Variables ?? [], g.Lineage?.Beside ?? 0, all);
    }

    /// <summary>Looks at what a variable is moved by, or set to.</summary>
    /// <param name="target">The variable that an update moves.</param>
    /// <param name="value">Its gradient, its change or its new value.</param>
    public static void See(Variable target, Tensor value)
    {
        if (value.Lineage is not { Behind: { } behind } lineage) return;
        foreach (var v in lineage.Variables)
        {
            // Weights and what has the target's shape are anchors, averages and momenta more often than numbers that should be learned.
            if (v == target || !v.trainable || v.IsWeight || (v.shape.Rank > 0 && v.shape == target.shape)) continue;
            if (Array.IndexOf(behind, v) < 0) Snapshot.NoteUpdate(v, target);
        }
    }
}
