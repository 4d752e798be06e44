using System.Runtime.CompilerServices;

namespace Workbook.Keras;

public partial class Model
{
    static readonly HashSet<Variable> none = [];

    Compilation? compilation;

    /// <summary>What moves the weights. Null before compile.</summary>
    public Optimizer? optimizer => compilation?.Optimizer;

    /// <summary>What moves the variables that somebody brought in, if they have an optimizer of their own.</summary>
    public Optimizer? hyper_optimizer => compilation?.Hyper;

    /// <summary>Set it to true in a callback to end the fit after the current epoch.</summary>
    public bool stop_training { get; set; }

    /// <summary>
    /// The trainable variables that are not weights: strengths, exponents, loss weights and the like that somebody brought in.
    /// </summary>
    /// <remarks>
    /// A weight is what a layer made with add_weight, or a matrix in the field of a layer. A number or a vector in a field counts as
    /// brought in; make a bias with add_weight.
    /// </remarks>
    public IReadOnlyList<Variable> hyper_variables => BroughtIn();

    /// <summary>States how to train.</summary>
    /// <param name="optimizer">A name or an optimizer; default rmsprop.</param>
    /// <param name="loss">A name, a loss, or one per output.</param>
    /// <param name="loss_weights">One per output; variables among them train.</param>
    /// <param name="metrics">Names or metrics; sample weights do not count for them.</param>
    /// <param name="weighted_metrics">Metrics for which sample weights count.</param>
    /// <param name="hyper_optimizer">An optimizer of their own for the variables that somebody brought in (<see cref="hyper_variables"/>);
    /// default: the same as for the weights. Weight decay leaves them alone in any case.</param>
    [OverloadResolutionPriority(1)]
    public void compile(Optimizer? optimizer = null, LossesPerOutput? loss = null, WeightsPerOutput? loss_weights = null,
        MetricsPerOutput? metrics = null, MetricsPerOutput? weighted_metrics = null, Optimizer? hyper_optimizer = null)
    {
        compilation = new(this, optimizer ?? "rmsprop", hyper_optimizer, new(loss, loss_weights), new(metrics, weighted_metrics));
        foreach (var mover in compilation.Optimizers) mover.AskNumbers();
    }

    /// <summary>States how to train, with a loss that is a function.</summary>
    /// <inheritdoc cref="compile(Optimizer?, LossesPerOutput?, WeightsPerOutput?, MetricsPerOutput?, MetricsPerOutput?, Optimizer?)"/>
    public void compile(Optimizer? optimizer, Func<Tensor, Tensor, Tensor> loss, WeightsPerOutput? loss_weights = null,
        MetricsPerOutput? metrics = null, MetricsPerOutput? weighted_metrics = null, Optimizer? hyper_optimizer = null) =>
        compile(optimizer, new LambdaLoss(loss), loss_weights, metrics, weighted_metrics, hyper_optimizer);

    /// <summary>One step of training; override it for your own. Keras: train_step.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets, if there are any.</param>
    /// <param name="sample_weight">The weights of the samples, if there are any.</param>
    /// <returns>The logs: means over the epoch so far.</returns>
    public virtual Logs train_step(Batch x, Batch? y, Batch? sample_weight)
    {
        // A step that somebody makes outside of a fit is an epoch of its own.
        using var alone = epoch is null ? Begin(Compiled.Course) : default;
        var (loss, y_pred, gradients) = Derive(x, y, sample_weight, epoch!);
        Compiled.Loss.Total.Add((double)loss, x.Samples);
        epoch!.Plan.Apply(gradients);
        return Measured(x, y, y_pred, sample_weight);
    }

    /// <summary>The loss of a step and its gradients. The first step looks closer at variables that are more than weights.</summary>
    (Tensor Loss, Tensor[] Predictions, Tensor?[] Gradients) Derive(Batch x, Batch? y, Batch? sample_weight, Epoch epoch)
    {
        epoch.Derived++;
        var asked = Unexamined(epoch);
        using var outer = asked.Count > 0 ? tf.GradientTape(persistent: true) : null;
        using var tape = tf.GradientTape();
        var y_pred = Forward(x, training: true);
        var loss = compute_loss(x, y, y_pred, sample_weight);
        var added = AddedTo(epoch, y, y_pred);
        foreach (var (_, term) in added) loss += tf.cast(term, loss.dtype);
        if (epoch.Plan.Late(tape.watched_variables()) is { } late)
        {
            // What a step reads for the first time trains from this step on.
            epoch.Extend(late);
            Diagnosis.Unowned(this, Compiled.Optimizers, late.Where(v => !epoch.Plan.Trainable.Contains(v)), "a training step");
        }
        var trainable = epoch.Plan.Trainable;
        Tensor?[] gradients = tape.gradient(loss, trainable);
        outer?.Dispose();
        if (!double.IsFinite((double)loss))
            epoch.Course.NotFinite(
                () => Diagnosis.NotFinite(this, loss, [.. LossTerms(epoch), .. added], optimizer!.iterations + 1, gradients.Zip(trainable),
                    () => Forward(x, training: true)));
        else if (outer is not null)
            LowerBound.Check(this, asked, outer, gradients, trainable,
                () => compute_loss(x, y, Forward(x, training: false), sample_weight));
        return (loss, y_pred, gradients);
    }

    /// <summary>What callbacks add to the loss of a training step.</summary>
    internal IReadOnlyList<(string Name, Tensor Value)> AddedTo(Epoch epoch, Batch? y, Tensor[] y_pred)
    {
        if (epoch.Course.Terms is not { } terms) return [];
        var outputs = OutputNames(y_pred.Length);
        return terms(y?.Targets(outputs, Wanted(y_pred.Length)) ?? new Tensor?[y_pred.Length], y_pred);
    }

    /// <summary>The variables that no step has looked at since compile, among those in which the loss might have no lower bound.</summary>
    HashSet<Variable> Unexamined(Epoch epoch)
    {
        // Variables come and go between epochs only: within one, a single comparison.
        if (epoch is { IsPlanned: true, Plan.Step: > 0 }) return none;
        HashSet<Variable> fresh = [.. (built ? epoch.Plan.Trainable : trainable_variables).Where(Compiled.Examined.Add)];
        if (fresh.Count > 0) fresh.IntersectWith(LowerBound.Asked(this));
        return fresh;
    }

    IEnumerable<(string Name, Tensor Value)> LossTerms(Epoch epoch) =>
        [.. Compiled.Loss.Terms, .. callLosses.Select(l => ($"the term that layer '{l.Layer}' adds", l.Value)),
            .. epoch.Plan.NamedPenalties()];

    /// <summary>The gradients that moved the variables in the last step of a fit, as the optimizer got them. Empty outside of a fit, before
    /// its first step,
    /// and where a train_step of somebody's own makes the update.</summary>
    public IReadOnlyDictionary<Variable, Tensor> LatestGradients => epoch?.LatestGradients ?? new Dictionary<Variable, Tensor>();

    /// <summary>One step of evaluation; override it for your own. Keras: test_step.</summary>
    /// <inheritdoc cref="train_step"/>
    public virtual Logs test_step(Batch x, Batch? y, Batch? sample_weight)
    {
        var y_pred = Forward(x, training: false);
        var loss = compute_loss(x, y, y_pred, sample_weight);
        Compiled.Loss.Total.Add((double)loss, x.Samples);
        return Measured(x, y, y_pred, sample_weight);
    }

    /// <summary>The loss of a step: that of compile, and all penalties. Override it for your own. Keras: compute_loss.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets, if there are any.</param>
    /// <param name="y_pred">The predictions, one tensor per output.</param>
    /// <param name="sample_weight">The weights of the samples, if there are any.</param>
    /// <exception cref="ModelException">Neither a loss nor a penalty.</exception>
    public virtual Tensor compute_loss(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight)
    {
        var loss = Compiled.Loss.Apply(y, y_pred, sample_weight, OutputNames(y_pred.Length), Wanted(y_pred.Length));
        foreach (var penalty in callLosses.Select(l => l.Value).Concat(epoch?.Penalties() ?? Penalties()))
            loss = loss is null ? penalty : loss + penalty;
        return loss
            ?? throw new ModelException(
                $"Model '{name}': expected a loss to make small. Received: compile without a loss, and no layer adds one.");
    }

    /// <summary>Takes a batch into the metrics. Override it for your own. Keras: compute_metrics.</summary>
    /// <inheritdoc cref="compute_loss"/>
    /// <returns>The logs: means over the epoch so far.</returns>
    public virtual Logs compute_metrics(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight)
    {
        Compiled.Metrics.Update(y, y_pred, sample_weight, OutputNames(y_pred.Length), Wanted(y_pred.Length));
        return Logs();
    }

    /// <summary>The first batch of a compute_metrics of somebody's own is looked at.</summary>
    Logs Measured(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight)
    {
        Func<Batch, Batch?, Tensor[], Batch?, Logs> measure = compute_metrics;
        if (Compiled.HasLookedAtMetrics || measure.Method.Module == typeof(Model).Module) return measure(x, y, y_pred, sample_weight);
        Compiled.HasLookedAtMetrics = true;
        return Metric.Looked($"Model '{name}', in compute_metrics", y_pred, p => measure(x, y, p, sample_weight));
    }

    /// <summary>What compile has stated; null before compile.</summary>
    internal Compilation? CompiledOrNull => compilation;

    internal Compilation Compiled =>
        compilation ?? throw new ModelException($"Model '{name}': expected compile before training or evaluation. "
        + "Received: a model that is not compiled. Call model.compile(optimizer: \"adam\", loss: \"mse\").");

    Tensor[] Forward(Batch x, bool training) => Rehearsal.Forward(this, x, training);

    /// <summary>Which outputs have a loss or a metric, and so a target.</summary>
    bool[] Wanted(int count)
    {
        var outputs = OutputNames(count);
        return [.. Enumerable.Range(0, count).Select(i => count == 1 || Compiled.Loss.Has(outputs, i) || Compiled.Metrics.Has(outputs, i))];
    }

    IReadOnlyList<string> OutputNames(int count) =>
        output_names.Count == count ? output_names : names = [.. Enumerable.Range(1, count).Select(i => $"output_{i}")];
}
