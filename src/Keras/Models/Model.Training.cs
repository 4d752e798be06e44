namespace Workbook.Keras;

public partial class Model
{
    CompiledLoss? compiledLoss;
    CompiledMetrics? compiledMetrics;
    TrainingPlan? plan;
    readonly HashSet<Variable> examined = [];
    static readonly HashSet<Variable> none = [];
    StepReads? reads;
    bool toldNotFinite;
    bool derived;

    /// <summary>What moves the weights. Null before compile.</summary>
    public Optimizer? optimizer { get; private set; }

    /// <summary>What moves the variables that somebody brought in, if they have an optimizer of their own.</summary>
    public Optimizer? hyper_optimizer { get; private set; }

    /// <summary>Set it to true in a callback to end the fit after the current epoch.</summary>
    public bool stop_training { get; set; }

    /// <summary>The trainable variables that are not weights: strengths, exponents, loss weights and the like that somebody brought in.</summary>
    /// <remarks>A weight is what a layer made with add_weight, or a matrix in the field of a layer. A number or a vector in a field counts as brought in; make a bias with add_weight.</remarks>
    public IReadOnlyList<Variable> hyper_variables => BroughtIn();

    /// <summary>States how to train.</summary>
    /// <param name="optimizer">A name or an optimizer; default rmsprop.</param>
    /// <param name="loss">A name, a loss, or one per output.</param>
    /// <param name="loss_weights">One per output; variables among them train.</param>
    /// <param name="metrics">Names or metrics; sample weights do not count for them.</param>
    /// <param name="weighted_metrics">Metrics for which sample weights count.</param>
    /// <param name="hyper_optimizer">An optimizer of their own for the variables that somebody brought in (<see cref="hyper_variables"/>); default: the same as for the weights. Weight decay leaves them alone in any case.</param>
    public void compile(Optimizer? optimizer = null, LossesPerOutput? loss = null, WeightsPerOutput? loss_weights = null,
        MetricsPerOutput? metrics = null, MetricsPerOutput? weighted_metrics = null, Optimizer? hyper_optimizer = null)
    {
        this.optimizer = optimizer ?? "rmsprop";
        this.hyper_optimizer = hyper_optimizer;
        compiledLoss = new(loss, loss_weights);
        compiledMetrics = new(metrics, weighted_metrics);
        this.optimizer.AskNumbers();
        if (hyper_optimizer is not null) hyper_optimizer.AskNumbers();
        examined.Clear();
        reads = null;
        toldNotFinite = false;
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
    public virtual Dictionary<string, double> train_step(Batch x, Batch? y, Batch? sample_weight)
    {
        var (loss, y_pred, gradients) = Derive(x, y, sample_weight);
        Compiled.Total.Add((double)loss, x.Samples);
        Plan.Apply(gradients);
        return compute_metrics(x, y, y_pred, sample_weight);
    }

    /// <summary>The loss of a step and its gradients. The first step looks closer at variables that are more than weights.</summary>
    (Tensor Loss, Tensor[] Predictions, Tensor?[] Gradients) Derive(Batch x, Batch? y, Batch? sample_weight)
    {
        derived = true;
        var asked = Unexamined();
        using var outer = asked.Count > 0 ? tf.GradientTape(persistent: true) : null;
        using var tape = tf.GradientTape();
        var y_pred = Forward(x, training: true);
        var loss = compute_loss(x, y, y_pred, sample_weight);
        if (Plan.Late(tape.watched_variables()) is { } late)
        {
            // What a step reads for the first time trains from this step on.
            plan = plan!.Anew(this);
            Diagnosis.Unowned(this, [optimizer, hyper_optimizer], late.Where(v => !plan.Trainable.Contains(v)), "a training step");
        }
        Tensor?[] gradients = tape.gradient(loss, Plan.Trainable);
        outer?.Dispose();
        if (!double.IsFinite((double)loss))
        {
            if (!toldNotFinite) Diagnosis.NotFinite(this, loss, LossTerms(), optimizer!.iterations + 1, gradients.Zip(Plan.Trainable), () => Forward(x, training: true));
            toldNotFinite = true;
        }
        else if (outer is not null)
            LowerBound.Check(this, asked, outer, gradients, Plan.Trainable, () => compute_loss(x, y, Forward(x, training: false), sample_weight));
        return (loss, y_pred, gradients);
    }

    /// <summary>The variables that no step has looked at since compile, among those in which the loss might have no lower bound.</summary>
    HashSet<Variable> Unexamined()
    {
        // Variables come and go between epochs only: within one, a single comparison.
        if (plan is { Step: > 0 }) return none;
        HashSet<Variable> fresh = [.. (built ? Plan.Trainable : trainable_variables).Where(examined.Add)];
        if (fresh.Count > 0) fresh.IntersectWith(LowerBound.Asked(this));
        return fresh;
    }

    /// <summary>Says of a train_step of somebody's own that its loss is not finite; how it came about is not known here.</summary>
    void OwnStep(Dictionary<string, double> logs, int step)
    {
        if (toldNotFinite || !logs.TryGetValue("loss", out var loss) || double.IsFinite(loss)) return;
        toldNotFinite = true;
        var first = variables.FirstOrDefault(v => v.dtype.IsFloating() && !FirstNotFinite.Finite(v.value()));
        Warnings.Say(FormattableString.Invariant($"Model '{name}': the loss that its own train_step gives is {loss} in step {step} of the epoch. {(first is null ? "All variables are finite." : $"The first variable that is not finite is '{first.name}'.")} Training goes on; keras.callbacks.TerminateOnNaN() would end it."));
    }

    IEnumerable<(string Name, Tensor Value)> LossTerms() => [.. Compiled.Terms, .. callLosses.Select(l => ($"the term that layer '{l.Layer}' adds", l.Value)), .. Plan.NamedPenalties()];

    /// <summary>The gradients that moved the variables in the last step of a fit, as the optimizer got them. Empty outside of a fit, before its first step,
    /// and where a train_step of somebody's own makes the update.</summary>
    public IReadOnlyDictionary<Variable, Tensor> LatestGradients => plan?.LatestGradients ?? new Dictionary<Variable, Tensor>();

    /// <summary>One step of evaluation; override it for your own. Keras: test_step.</summary>
    /// <inheritdoc cref="train_step"/>
    public virtual Dictionary<string, double> test_step(Batch x, Batch? y, Batch? sample_weight)
    {
        var y_pred = Forward(x, training: false);
        var loss = compute_loss(x, y, y_pred, sample_weight);
        Compiled.Total.Add((double)loss, x.Samples);
        return compute_metrics(x, y, y_pred, sample_weight);
    }

    /// <summary>The loss of a step: that of compile, and all penalties. Override it for your own. Keras: compute_loss.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets, if there are any.</param>
    /// <param name="y_pred">The predictions, one tensor per output.</param>
    /// <param name="sample_weight">The weights of the samples, if there are any.</param>
    /// <exception cref="ModelException">Neither a loss nor a penalty.</exception>
    public virtual Tensor compute_loss(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight)
    {
        var loss = Compiled.Apply(y, y_pred, sample_weight, OutputNames(y_pred.Length));
        foreach (var penalty in callLosses.Select(l => l.Value).Concat(plan is null ? Penalties() : plan.Penalties()))
            loss = loss is null ? penalty : loss + penalty;
        return loss ?? throw new ModelException($"Model '{name}': expected a loss to make small. Received: compile without a loss, and no layer adds one.");
    }

    /// <summary>Takes a batch into the metrics. Override it for your own. Keras: compute_metrics.</summary>
    /// <inheritdoc cref="compute_loss"/>
    /// <returns>The logs: means over the epoch so far.</returns>
    public virtual Dictionary<string, double> compute_metrics(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight)
    {
        compiledMetrics!.Update(y, y_pred, sample_weight, OutputNames(y_pred.Length));
        return Logs();
    }

    CompiledLoss Compiled => compiledLoss ?? throw new ModelException($"Model '{name}': expected compile before training or evaluation. Received: a model that is not compiled. Call model.compile(optimizer: \"adam\", loss: \"mse\").");

    StepReads Reads => reads ??= new(this, [optimizer, hyper_optimizer]);

    TrainingPlan Plan => plan ??= new(this, optimizer!, hyper_optimizer);

    Tensor[] Forward(Batch x, bool training) => Run(graph is null ? [.. x] : x.InOrderOf([.. graph.Inputs.Select(i => i.name)], "inputs"), training);

    IReadOnlyList<string> OutputNames(int count) => output_names.Count == count ? output_names : names = [.. Enumerable.Range(1, count).Select(i => $"output_{i}")];

    /// <summary>Losses and metrics so far.</summary>
    Dictionary<string, double> Logs()
    {
        var logs = new Dictionary<string, double>();
        foreach (var (name, value) in Compiled.Results().Concat(compiledMetrics!.Results())) logs.Add(name, value);
        return logs;
    }

    /// <summary>The same sorted by name, as Keras has them at the end of an epoch.</summary>
    static Dictionary<string, double> Sorted(Dictionary<string, double> logs) => logs.OrderBy(l => l.Key, StringComparer.Ordinal).ToDictionary(l => l.Key, l => l.Value);

    void ResetMetrics()
    {
        Compiled.Reset();
        compiledMetrics!.Reset();
    }
}
