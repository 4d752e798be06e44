using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A compiled model and a batch.</summary>
sealed class ModelPatient : Patient
{
    readonly Model model;
    readonly Item item;
    readonly Variable[] asked;
    readonly Callback[] callbacks;
    readonly bool ownStep;

    public ModelPatient(Model model, Batch x, Batch? y, Batch? sample_weight, IEnumerable<Variable> asked, IEnumerable<Callback> callbacks)
    {
        (this.model, item, this.asked, this.callbacks) = (model, new(x, y, sample_weight), [.. asked], [.. callbacks]);
        _ = model.Compiled;
        ownStep = model.GetType().GetMethod(nameof(Model.train_step))!.DeclaringType != typeof(Model);
    }

    public override string Name => $"model '{model.name}'";

    public override IEnumerable<object?> Roots => [model, .. model.Compiled.Optimizers, .. callbacks, .. Judges()];

    public override bool HasTape => !ownStep;

    public override bool HasStep => true;

    public override int? Rows => item.X.Samples;

    public override bool HasOwners => true;

    public override bool HasEvaluation => !ownStep;

    public override IReadOnlyCollection<Variable> Saved => model.variables;

    public override Tensor Loss(bool training)
    {
        if (ownStep) return tf.constant(Reported(), tf.float64);
        var outputs = model.Run(model.Graph is null ? [.. item.X]
            : item.X.InOrderOf([.. model.Graph.Inputs.Select(i => i.name)], "inputs"), training);
        return model.compute_loss(item.X, item.Y, outputs, item.Weight);
    }

    public override (double Loss, Tensor?[] Gradients) Gradients(Variable[] variables)
    {
        if (!ownStep) return base.Gradients(variables);
        Dictionary<Variable, Tensor?> given = [];
        var loss = Examination.Heard(pairs =>
        {
            foreach (var (gradient, variable) in pairs) given[variable] = gradient;
        }, Reported);
        return (loss, Array.ConvertAll(variables, v => given.GetValueOrDefault(v)));
    }

    public override void Step() => Logs();

    double Reported() => Logs().TryGetValue("loss", out var loss) ? loss
        : throw new ModelException($"Model '{model.name}': expected that its own train_step gives a loss among its results. "
            + "Received: none. Return { [\"loss\"] = … }, or examine a function: Doctor.Examine(() => loss, variables).");

    Dictionary<string, double> Logs()
    {
        model.reset_metrics();
        // Bounds are looked for here, on this very batch; a fit looks for them by itself.
        model.Compiled.Examined.UnionWith(model.trainable_variables);
        using var running = model.Begin(new(model, model.optimizer, model.hyper_optimizer));
        foreach (var callback in callbacks) callback.on_train_batch_begin(0, []);
        var logs = model.Step(item, running.Epoch);
        foreach (var callback in callbacks) callback.on_train_batch_end(0, logs);
        return logs;
    }

    public override Optimizer? MoverOf(Variable variable) =>
        model.hyper_optimizer is { } hyper && !model.MadeWeights().Contains(variable) ? hyper : model.optimizer;

    public override IEnumerable<(Variable Variable, bool Asked)> Candidates(IReadOnlyList<Variable> read, IReadOnlyList<Variable> kept)
    {
        var seen = read.ToHashSet();
        var states = model.optimizer!.variables.Concat(model.hyper_optimizer?.variables ?? []).ToHashSet();
        var owned = model.variables.ToHashSet();
        return asked.Select(v => (v, true)).Concat(((IEnumerable<Variable>)[
            .. model.hyper_variables,
            .. model.trainable_variables.Where(v => v.shape.Rank == 0),
            .. OwnLayers().SelectMany(m => m.Held().OfType<Variable>())
                .Where(v => v.shape.Rank <= 1 && !v.name.EndsWith("bias", StringComparison.Ordinal) && (v.trainable || seen.Contains(v))),
            .. model.non_trainable_variables.Where(v => seen.Contains(v) && !v.IsWeight && v.dtype.IsFloating() && !v.IsFrozen),
            .. read.Where(v => !owned.Contains(v) && !states.Contains(v) && !v.IsMade && (v.trainable || v.shape.Rank <= 1)),
            .. kept.Where(v => !v.IsMade),
            .. asked.Length == 0 ? [] : asked,
        ]).Select(v => (v, false))).DistinctBy(c => c.Item1);
    }

    /// <summary>Layers of somebody's own.</summary>
    IEnumerable<Module> OwnLayers() => model.Walk().Select(m => m.Module)
        .Where(m => m is Layer and not Model && m.GetType().Assembly != typeof(Layer).Assembly && m is not PowerLayer);

    public override string? OwnerOf(Variable variable)
    {
        var holder = model.Walk().Select(m => m.Module).LastOrDefault(m => m.Held().OfType<Variable>().Contains(variable));
        return holder switch
        {
            null => null,
            Layer layer => layer.name,
            DomainVariable or Hyperparameter => Above(holder) ?? model.name,
            Regularizer or Keras.Loss or Constraint => holder.GetType().Name,
            _ => holder.GetType().Assembly == typeof(Model).Assembly ? model.name : holder.GetType().Name,
        };
    }

    string? Above(Module part) => model.Walk().Select(m => m.Module).FirstOrDefault(m => m.Parts().Contains(part)) switch
    {
        null => null,
        Layer layer => layer.name,
        Hyperparameter number => Above(number),
        Regularizer or Keras.Loss or DomainVariable => part is Hyperparameter { Range.Place: { Length: > 0 } place } ? place : "a penalty",
        var other => other.GetType().Name,
    };

    public override (string Place, double Low, double High)? RangeOf(Variable variable)
    {
        foreach (var number in model.Walk().Select(m => m.Module).OfType<Hyperparameter>())
            if (number.Bare == variable && number.Range is { Place.Length: > 0 } range
                && (double.IsFinite(range.Low) || double.IsFinite(range.High)))
                return (range.Place, range.Low, range.High);
        return null;
    }

    public override bool OnlyMultiplies(Variable variable) => LowerBound.Strengths(model).Contains(variable);

    public override string? InData(Variable variable) => Uses(item.X, variable) ? "the inputs" : Uses(item.Y, variable) ? "the targets"
        : Uses(item.Weight, variable) ? "the sample weights" : null;

    static bool Uses(Batch? data, Variable variable) =>
        data?.Any(t => Workbook.Tensors.Autodiff.History.Sources(t).Contains(variable)) == true;

    public override Judge? JudgeOf(Variable variable) =>
        Judges().FirstOrDefault(j => j.Variables.Contains(variable))?.Judge ?? base.JudgeOf(variable);

    IEnumerable<HyperObjective> Judges() => callbacks.OfType<JudgeCallback>().Select(c => c.Objective);

    public override string Nothing => $"Model '{model.name}' has {model.count_params()} weights and no learned variable besides. "
        + "Bring one in wherever a number stands: kernel_regularizer: regularizers.l2(new Positive(0.01)), a field of a layer, "
        + "a loss weight; or name the variables: Doctor.Examine(model, x, y, variables: [v]).";

    public override double? HeldOut(DoctorOptions options)
    {
        if (options.HeldOut is not { } held) return base.HeldOut(options);
        var outputs = model.Run(model.Graph is null ? [.. held.X]
            : held.X.InOrderOf([.. model.Graph.Inputs.Select(i => i.name)], "inputs"), training: false);
        // Penalties are the price of training; they say nothing of rows.
        var loss = model.compute_loss(held.X, held.Y, outputs, null);
        return (double)tf.reduce_sum(model.losses.Aggregate(loss, (l, penalty) => l - penalty));
    }
}
