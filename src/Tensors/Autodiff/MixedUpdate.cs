namespace Workbook.Tensors.Autodiff;

/// <summary>A number that a variable scales, clips or joins on its way into an update: an assignment stops gradients, so nothing moves
/// that variable.</summary>
static class MixedUpdate
{
    /// <summary>Marks gradients: what is computed from them knows which variables came later.</summary>
    /// <param name="gradients">Those of one question.</param>
    /// <param name="sources">What they are gradients of.</param>
    /// <param name="seeds">The weights of the targets; null: ones.</param>
    public static void Mark(Tensor?[] gradients, Operand[] sources, Operand[]? seeds = null)
    {
        HashSet<Variable> behind = [];
        foreach (var source in sources)
            if (source is Variable variable) behind.Add(variable);
            else behind.UnionWith(((Tensor)source).TrainableSources());
        foreach (var g in gradients) behind.UnionWith(g?.Lineage?.Variables ?? []);
        if (behind.Count == 0) return;
        Variable[] weighing = seeds is null ? [] : [.. seeds.SelectMany(s => s is Variable v ? [v] : ((Tensor)s).TrainableSources())
            .Except(sources.OfType<Variable>()).Distinct()];
        behind.ExceptWith(weighing);
        Variable[] all = [.. behind];
        foreach (var g in gradients)
        {
            if (g is not { Source: null }) continue;
            g.IsGradient = true;
            g.Lineage = new([.. (g.Lineage?.Variables ?? []).Union(weighing)], g.Lineage?.Beside ?? 0, all);
        }
    }

    /// <summary>Looks at what a variable is moved by, or set to.</summary>
    /// <param name="target">The variable that an update moves.</param>
    /// <param name="value">Its gradient, its change or its new value.</param>
    /// <param name="isGradient">Whether it is known to be a gradient, also one that no tape gave.</param>
    public static void See(Variable target, Tensor value, bool isGradient = false)
    {
        if (value.Lineage is not { } lineage) return;
        Variable[] met;
        if (value.Node is null) met = lineage.Variables;
        // What a tape follows must be gone through: not for the state of a metric, which is assigned in each step.
        else if (target.trainable) met = [.. Beside(value)];
        else return;
        var gradient = isGradient || lineage.Behind is not null || value.Node is not null;
        foreach (var v in met)
        {
            // Weights and what has the target's shape are anchors, averages and momenta more often than numbers that should be learned.
            if (v == target || !v.trainable || v.IsWeight || (v.shape.Rank > 0 && v.shape == target.shape)) continue;
            if (lineage.Behind is { } behind && Array.IndexOf(behind, v) >= 0) continue;
            if (gradient) Snapshot.NoteUpdate(v, target);
            else if (Partner(target, met) is { } partner) Snapshot.NoteUpdate(v, partner);
        }
    }

    /// <summary>Without a gradient: a weight that is changed, or the average of one.</summary>
    static Variable? Partner(Variable target, Variable[] met)
    {
        if (Array.IndexOf(met, target) < 0) return null;
        // A scalar that does not train may be the sum of a metric.
        return target.trainable ? target
            : target.shape.Rank == 0 ? null : Array.Find(met, v => v != target && v.trainable && v.shape == target.shape);
    }

    /// <summary>The variables that were met after the gradients were taken.</summary>
    static IEnumerable<Variable> Beside(Tensor value)
    {
        HashSet<Tensor> seen = new(ReferenceEqualityComparer.Instance);
        HashSet<Variable> found = [];
        var isUpdate = false;
        var open = new Stack<Tensor>([value]);
        while (open.TryPop(out var t))
        {
            if (!seen.Add(t)) continue;
            isUpdate |= t.IsGradient;
            if (t.IsGradient) continue;
            if (t.Node is null) found.UnionWith(t.Lineage?.Variables ?? []);
            else
                for (var i = 0; i < t.Node.Count; i++) open.Push(t.Node.Input(i));
        }
        return isUpdate ? found : [];
    }
}
