namespace Workbook.Keras;

/// <summary>What one epoch trains: read once from the model, so that steps need not look for it.</summary>
internal sealed class TrainingPlan
{
    readonly Layer.Weight[] penalised;
    readonly HashSet<Variable> brought;
    int step;

    public TrainingPlan(Model model)
    {
        Trainable = [.. model.trainable_variables];
        penalised = [.. model.Penalised()];
        brought = [.. Trainable];
        brought.ExceptWith(model.MadeWeights());
        model.optimizer!.exclude_from_weight_decay(brought);
    }

    /// <summary>What moves, in the order of the model.</summary>
    public IReadOnlyList<Variable> Trainable { get; }

    public IEnumerable<Tensor> Penalties() => penalised.Select(w => w.Penalty());

    /// <summary>One update by the optimizers of the model.</summary>
    public void Apply(Tensor[] gradients, IReadOnlyList<Variable> variables, Tensor loss, Model model)
    {
        step++;
        if (!double.IsFinite((double)loss)) Diagnosis.NotFinite(model, loss, step, variables, gradients);
        var pairs = gradients.Zip(variables);
        if (model.hyper_optimizer is not { } hyper)
        {
            model.optimizer!.apply_gradients(pairs);
            return;
        }
        var groups = pairs.ToLookup(p => brought.Contains(p.Second));
        if (groups[false].Any()) model.optimizer!.apply_gradients(groups[false]);
        if (groups[true].Any()) hyper.apply_gradients(groups[true]);
    }
}
