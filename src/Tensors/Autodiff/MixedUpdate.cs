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
        Snapshot.Questions++;
        HashSet<Variable> behind = [];
        foreach (var g in gradients) behind.UnionWith(g?.Lineage?.Variables ?? []);
        // What a tensor that gradients move has met on its way does not lie behind its next gradient.
        foreach (var source in sources)
            if (source is Tensor { Node: null, Lineage: { Behind: not null } met }) behind.ExceptWith(met.Variables);
        foreach (var source in sources)
            if (source is Variable variable) behind.Add(variable);
            else if (source is not Tensor { Node: null, Lineage.Behind: not null }) behind.UnionWith(((Tensor)source).TrainableSources());
        Variable[] weighing = seeds is null ? [] : [.. seeds.SelectMany(s => s is Variable v ? [v] : ((Tensor)s).TrainableSources())
            .Except(sources.OfType<Variable>()).Distinct()];
        behind.ExceptWith(weighing);
        Variable[] all = [.. behind];
        foreach (var g in gradients)
        {
            if (g is not { Source: null }) continue;
            g.IsGradient = true;
            g.Lineage = new([.. (g.Lineage?.Variables ?? []).Union(weighing)], g.Lineage?.Beside ?? 0, all, weighing);
        }
    }

    /// <summary>Looks at what a variable is moved by, or set to.</summary>
    /// <param name="target">The variable that an update moves.</param>
    /// <param name="value">Its gradient, its change or its new value.</param>
    /// <param name="isGradient">Whether it is known to be a gradient, also one that no tape gave.</param>
    public static void See(Variable target, Tensor value, bool isGradient = false)
    {
        // A value as it is: so values are kept and put back.
        if (value.Lineage is not { } lineage || value.Source is not null) return;
        var scaling = lineage.Scaling ?? [];
        var met = lineage.Variables;
        var gradient = isGradient || lineage.Behind is not null;
        if (value.Node is not null)
        {
            if (target.trainable) (gradient, met, scaling) = (true, [.. Beside(value, out var factors)], [.. factors]);
            // What a tape follows must be gone through: not for the state of a layer, which is assigned in each step.
            else if (target.IsMade || (met = Numbers(value)).Length == 0) return;
        }
        foreach (var v in met)
        {
            if (v == target || !v.trainable || v.IsNamedStill || (lineage.Behind is { } behind && Array.IndexOf(behind, v) >= 0)) continue;
            // Weights and what has the target's shape are anchors, averages and momenta more often than numbers that should be learned;
            // as a factor they are that too, unless they are a mask.
            if ((v.IsWeight || (v.shape.Rank > 0 && v.shape == target.shape)) && (Array.IndexOf(scaling, v) < 0 || IsMask(v))) continue;
            if (gradient) Snapshot.NoteUpdate(v, target, target);
            else if (!target.trainable)
            {
                // What was moved before may rest now; the share of an average is looked at all the same.
                if (v.Writes == 0 || IsAverage(target, met)) Snapshot.NoteUpdate(v, Other(v, met), target);
            }
            // Numbers are moved by numbers where nothing trains, too.
            else if (Array.IndexOf(met, target) >= 0) Snapshot.NoteUpdate(v, target.IsWeight ? target : null, target);
        }
    }

    /// <summary>Looks at what a gradient is scaled or joined by, where no variable is updated: a loop may move tensors.</summary>
    /// <param name="result">What came of it.</param>
    /// <param name="a">One part.</param>
    /// <param name="b">The other.</param>
    public static void SeeJoin(Lineage result, Lineage? a, Lineage? b)
    {
        if (a?.Behind is not null == b?.Behind is not null) return;
        foreach (var v in (a?.Behind is null ? a : b)?.Variables ?? [])
            if (v is { Writes: 0, IsNumber: true, IsNamedStill: false } && Array.IndexOf(result.Behind!, v) < 0)
                Snapshot.NoteUpdate(v, null, "what a gradient meets");
    }

    /// <summary>Numbers that something gets which nobody minimises: a metric outside of a step.</summary>
    /// <param name="where">What gets it.</param>
    /// <param name="value">What it gets.</param>
    public static void SeeLogged(string where, Tensor value)
    {
        if (value.Lineage is not { CouldTrain: true } lineage) return;
        var met = value.Node is null ? lineage.Variables : Numbers(value);
        foreach (var v in met)
            if (v is { Writes: 0, IsNumber: true, IsNamedStill: false }) Snapshot.NoteUpdate(v, Other(v, met), where);
    }

    static bool IsAverage(Variable target, Variable[] met) =>
        target.shape.Rank > 0 && Array.Exists(met, v => v != target && v.trainable && v.shape == target.shape);

    /// <summary>A variable that training moves, beside a number: what tells that training goes on.</summary>
    static Variable? Other(Variable number, Variable[] met) =>
        Array.Find(met, v => v != number && v.trainable && v.IsWeight) ?? Array.Find(met, v => v != number && v.trainable);

    /// <summary>Whether all is 0 or 1, and something 0: what is left out.</summary>
    static bool IsMask(Variable v)
    {
        var zeros = false;
        foreach (var x in ((Tensor)tf.cast(tf.stop_gradient(v), DType.Float64)).AsSpan<double>())
        {
            if (x is not (0 or 1)) return false;
            zeros |= x == 0;
        }
        return zeros;
    }

    /// <summary>What a followed value was computed from, where a number is among it that was never moved; else none.</summary>
    static Variable[] Numbers(Tensor value)
    {
        if (!value.Tapes!.Watches(v => v is { Writes: 0, IsNumber: true, IsNamedStill: false })) return [];
        Variable[] all = [.. value.Origins().Distinct()];
        return Array.Exists(all, v => v is { Writes: 0, IsNumber: true }) ? all : [];
    }

    /// <summary>The variables that were met after the gradients were taken, and those that were factors.</summary>
    static HashSet<Variable> Beside(Tensor value, out HashSet<Variable> scaling)
    {
        HashSet<Tensor> seen = new(ReferenceEqualityComparer.Instance);
        HashSet<Variable> found = [], factors = [];
        var isUpdate = false;
        var open = new Stack<Tensor>([value]);
        while (open.TryPop(out var t))
        {
            if (!seen.Add(t)) continue;
            isUpdate |= t.IsGradient;
            if (t.IsGradient) continue;
            if (t.Node is null)
            {
                found.UnionWith(t.Lineage?.Variables ?? []);
                continue;
            }
            for (var i = 0; i < t.Node.Count; i++)
            {
                var input = t.Node.Input(i);
                open.Push(input);
                if (Op.IsProduct(t.Node.Name) && !input.IsGradient && input.Origins().Distinct().ToList() is [var alone])
                    factors.Add(alone);
            }
        }
        scaling = factors;
        return isUpdate ? found : [];
    }
}
