namespace Workbook.Keras;

/// <summary>What one epoch trains: read once from the model, so that steps need not look for it.</summary>
sealed class TrainingPlan
{
    readonly Layer.Weight[] penalised;
    readonly HashSet<Variable> brought, known;
    readonly Optimizer optimizer;
    readonly Optimizer? hyper;
    Variable[] seen = [];
    int step, lateInARow;

    public TrainingPlan(Layer model, Optimizer optimizer, Optimizer? hyper)
    {
        (this.optimizer, this.hyper) = (optimizer, hyper);
        Trainable = [.. model.trainable_variables];
        penalised = [.. model.Penalised()];
        brought = [.. Trainable];
        brought.ExceptWith(model.MadeWeights());
        optimizer.exclude_from_weight_decay(brought);
        known = [.. Trainable];
    }

    /// <summary>
    /// The variables among those that a step watches at which neither this plan nor one before it has looked; none in a warm step.
    /// </summary>
    public List<Variable>? Late(IReadOnlyList<Variable> watched)
    {
        // The same as in the step before, nearly always.
        if (watched.Count == seen.Length)
        {
            var same = 0;
            while (same < seen.Length && ReferenceEquals(seen[same], watched[same])) same++;
            if (same == seen.Length)
            {
                lateInARow = 0;
                return null;
            }
        }
        seen = [.. watched];
        List<Variable>? late = null;
        foreach (var variable in seen)
            if (known.Add(variable)) (late ??= []).Add(variable);
        if (late is null) lateInARow = 0;
        return late;
    }

    /// <summary>A plan with what has come in the middle of an epoch.</summary>
    /// <param name="model">The model.</param>
    /// <param name="late">What has come.</param>
    public TrainingPlan Anew(Layer model, List<Variable> late)
    {
        var plan = new TrainingPlan(model, optimizer, hyper) { step = step, lateInARow = lateInARow + 1 };
        plan.known.UnionWith(known);
        if (plan.lateInARow == 4)
            Warnings.Once("made anew",
                $"Model '{model.name}': each step reads a variable that no step before has read, now '{late[^1].name}': one that is made "
                    + "in every call trains for one step and is forgotten. Make it once, outside of the function, or hold it in a field.",
                        model);
        return plan;
    }

    /// <summary>What moves, in the order of the model.</summary>
    public IReadOnlyList<Variable> Trainable { get; }

    /// <summary>The number of updates in this epoch.</summary>
    public int Step => step;

    public IEnumerable<Tensor> Penalties() => penalised.Select(w => w.Penalty());

    /// <summary>The penalties with the names that diagnoses use.</summary>
    public IEnumerable<(string Name, Tensor Value)> NamedPenalties() =>
        penalised.Select(w => ($"the penalty on '{w.Variable.name}'", w.Penalty()));

    /// <summary>The gradients that moved variables in the last step.</summary>
    public IReadOnlyDictionary<Variable, Tensor> LatestGradients =>
        Trainable.Where(v => LatestGradient.Of(v) is not null).ToDictionary(v => v, v => LatestGradient.Of(v)!);

    /// <summary>The last step is over, and nobody asks what moved in it.</summary>
    public void Forget()
    {
        foreach (var variable in Trainable) LatestGradient.Set(variable, null);
    }

    /// <summary>One update by the optimizers of the model.</summary>
    public void Apply(Tensor?[] gradients)
    {
        step++;
        var pairs = new (Tensor? First, Variable Second)[gradients.Length];
        for (var i = 0; i < gradients.Length; i++)
        {
            pairs[i] = (gradients[i], Trainable[i]);
            LatestGradient.Set(Trainable[i], gradients[i]);
        }
        if (hyper is null)
        {
            optimizer.apply_gradients(pairs);
            return;
        }
        var groups = pairs.ToLookup(p => brought.Contains(p.Second));
        foreach (var (group, mover) in new[] { (groups[false], optimizer), (groups[true], hyper) })
        {
            if (!group.Any()) continue;
            // One group without any gradient is no reason to stop the other: only a warning, as with a single optimizer.
            if (Array.TrueForAll(gradients, g => g is null) || group.Any(p => p.First is not null)) mover.apply_gradients(group);
            else mover.Complain([.. group.Select(p => (p.First!, p.Second))]);
        }
    }
}
