using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>What the steps of a model read: what comes late, or from nobody, or is left out of every update is named.</summary>
/// <param name="model">The model.</param>
/// <param name="optimizers">What moves its variables.</param>
sealed class StepReads(Layer model, Optimizer?[] optimizers)
{
    readonly VariableReads reads = VariableReads.Waiting(isStep: true);
    int seen;

    /// <summary>Opens the scope of a step.</summary>
    public IDisposable Step() => reads.Enter();

    /// <summary>After a step: names what nobody owns among the variables that no step before it has read.</summary>
    /// <param name="what">"a training step" or "an evaluation step".</param>
    public void Look(string what)
    {
        if (reads.Count == seen) return;
        // What the step itself has written, such as the state of a metric, needs nobody to train it.
        List<Variable> fresh = [.. reads.Since(seen).Where(r => r.Variable.Written == r.Writes).Select(r => r.Variable)];
        seen = reads.Count;
        Diagnosis.Unowned(model, optimizers, fresh, what);
        Diagnosis.FrozenElsewhere(model, fresh);
    }

    /// <summary>
    /// After a fit with a train_step of somebody's own: names what the model owns, what the steps read, and what no update has moved.
    /// </summary>
    public void LeftOut()
    {
        var named = optimizers.SelectMany(o => o?.Named ?? []).ToHashSet();
        var owned = model.trainable_variables.ToHashSet();
        var left = string.Join(", ",
            reads.Since(0).Where(r => r.Variable.Written == r.Writes && owned.Contains(r.Variable) && !named.Contains(r.Variable))
                .Select(r => $"'{r.Variable.name}'"));
        if (left.Length > 0)
            Warnings.Once($"left:{model.name}:{left}",
                $"Model '{model.name}': its steps read the variable {left}, which the model owns, but the update in its own train_step "
                    + "leaves it out, so nothing has moved it. "
                + "Pass trainable_variables to tape.gradient and apply_gradients, or make it with trainable: false.", model);
    }
}
