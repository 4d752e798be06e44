using System.Diagnostics.CodeAnalysis;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>A compiled model and a batch, for tools that examine training: the loss, single steps, and who owns and moves what.</summary>
/// <remarks>
/// It takes nothing back by itself: put <c>Workbook.Tensors.Autodiff.VariableUndo</c> around it, and restore the fields of
/// <see cref="Parts"/>.
/// </remarks>
public sealed class Rehearsal
{
    readonly Model model;
    readonly Item item;
    readonly Callback[] callbacks;

    /// <summary>A rehearsal of training.</summary>
    /// <param name="model">A model after compile.</param>
    /// <param name="x">The inputs of one batch.</param>
    /// <param name="y">The targets, if there are any.</param>
    /// <param name="sample_weight">The weights of the samples, if there are any.</param>
    /// <param name="callbacks">Those that a fit would have.</param>
    /// <exception cref="ModelException">The model is not compiled.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "ILLink.Descriptors.xml keeps every method of this assembly, and a "
        + "method that overrides is kept with it.")]
    public Rehearsal(Model model, Batch x, Batch? y = null, Batch? sample_weight = null, IEnumerable<Callback>? callbacks = null)
    {
        (this.model, item, this.callbacks) = (model, new(x, y, sample_weight), [.. callbacks ?? []]);
        Optimizers = model.Compiled.Optimizers;
        HasOwnStep = new Func<Batch, Batch?, Batch?, Logs>(model.train_step).Method.DeclaringType != typeof(Model);
    }

    /// <summary>What compile was given: the optimizer, and that of the variables that somebody brought in.</summary>
    public IReadOnlyList<Optimizer> Optimizers { get; }

    /// <summary>Whether somebody has overridden train_step: then <see cref="Loss"/> is not what is descended.</summary>
    public bool HasOwnStep { get; }

    /// <summary>The objects whose fields are the state of training.</summary>
    public IEnumerable<object> Parts => [model, .. Optimizers, .. callbacks];

    /// <summary>Tells the callbacks that a fit begins; disposing the result gives back what they took.</summary>
    public IDisposable Begin()
    {
        var all = Listed();
        all.on_train_begin([]);
        return new End(all);
    }

    CallbackList Listed() => new(callbacks, model, new(1, 1, 0));

    /// <summary>The loss of a step, with penalties and what callbacks add.</summary>
    /// <param name="training">Whether dropout drops.</param>
    public Tensor Loss(bool training)
    {
        using var running = model.Begin(new(model, [.. Optimizers]) { Terms = Listed().Terms });
        var outputs = Forward(model, item.X, training);
        return model.AddedTo(running.Epoch, item.Y, outputs).Aggregate(
            model.compute_loss(item.X, item.Y, outputs, item.Weight), (loss, term) => loss + tf.cast(term.Value, loss.dtype));
    }

    /// <summary>The loss on other rows, without penalties: they say nothing of rows.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    public Tensor LossOn(Batch x, Batch y) =>
        model.losses.Aggregate(LossOn(new(x, y, null), training: false), (loss, penalty) => loss - penalty);

    Tensor LossOn(Item rows, bool training) => model.compute_loss(rows.X, rows.Y, Forward(model, rows.X, training), rows.Weight);

    /// <summary>What a model says of data that are given in order or by the names of its inputs, one tensor for each output.</summary>
    /// <param name="model">The model; it need not be compiled.</param>
    /// <param name="x">The inputs.</param>
    /// <param name="training">Whether dropout drops.</param>
    public static Tensor[] Forward(Model model, Batch x, bool training) => model.Run(model.Graph is null ? [.. x]
        : x.InOrderOf([.. model.Graph.Inputs.Select(i => i.name)], "inputs"), training);

    /// <summary>One training step, as a fit makes it.</summary>
    /// <returns>The logs: losses and metrics of this batch.</returns>
    public IReadOnlyDictionary<string, double> Step()
    {
        IReadOnlyDictionary<string, double> last = new Dictionary<string, double>();
        Steps(1, (_, logs) => last = logs);
        return last;
    }

    /// <summary>Training steps on the same batch, as an epoch of a fit makes them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="after">What to do after each: its number, from 0, and the logs.</param>
    public void Steps(int count, Action<int, IReadOnlyDictionary<string, double>> after)
    {
        model.reset_metrics();
        // Whoever examines looks for bounds himself; a fit looks for them later.
        model.Compiled.Examined.UnionWith(model.trainable_variables);
        using var running = model.Begin(new(model, [.. Optimizers]) { Terms = Listed().Terms });
        for (var i = 0; i < count; i++)
        {
            foreach (var callback in callbacks) callback.on_train_batch_begin(i, []);
            var logs = model.Step(item, running.Epoch);
            foreach (var callback in callbacks) callback.on_train_batch_end(i, logs);
            after(i, logs);
        }
    }

    /// <summary>The optimizer that moves a variable.</summary>
    public Optimizer MoverOf(Variable variable) =>
        model.hyper_optimizer is { } hyper && !model.MadeWeights().Contains(variable) ? hyper : model.optimizer!;

    /// <summary>The variables that are more than weights: what somebody brought in, lone numbers, what layers of somebody's own hold, and
    /// what a
    /// step reads and nobody owns.</summary>
    /// <param name="read">What a step reads.</param>
    public IReadOnlyList<Variable> Numbers(IReadOnlyList<Variable> read)
    {
        HashSet<Variable> seen = [.. read], owned = [.. model.variables, .. Optimizers.SelectMany(o => o.variables)];
        var own = model.Walk().Select(m => m.Module)
            .Where(m => m is Layer and not Model && m.GetType().Assembly != typeof(Layer).Assembly);
        return [.. model.hyper_variables
            .Concat(model.trainable_variables.Where(v => v.shape.Rank == 0))
            .Concat(own.SelectMany(m => m.Held().OfType<Variable>()).Where(v => v.shape.Rank <= 1 && (v.trainable || seen.Contains(v))
                && !v.name.EndsWith("bias", StringComparison.Ordinal)))
            .Concat(model.non_trainable_variables.Where(v =>
                seen.Contains(v) && !v.MadeByLayer && v.shape.Rank <= 1 && v.dtype.IsFloating() && !v.Frozen))
            .Concat(read.Where(v => !owned.Contains(v) && !v.MadeByLayer && (v.trainable || v.shape.Rank <= 1))).Distinct()];
    }

    /// <summary>Who holds a variable: a layer, a penalty, a loss; null: nobody.</summary>
    public string? OwnerOf(Variable variable) =>
        model.Walk().Select(m => m.Module).LastOrDefault(m => m.Held().OfType<Variable>().Contains(variable)) is { } holder
            ? NameOf(holder) : null;

    string NameOf(Module holder) => holder switch
    {
        Layer layer => layer.name,
        Regularizer or Keras.Loss or Constraint => holder.GetType().Name,
        Hyperparameter { Range.Place: { Length: > 0 } place } => place,
        CompiledLoss => "loss_weights",
        Hyperparameter => model.Walk().Select(m => m.Module).FirstOrDefault(m => m.Parts().Contains(holder)) is { } above
            ? NameOf(above) : model.name,
        _ when holder.GetType().Assembly == typeof(Model).Assembly => model.name,
        _ => model.Walk().Select(m => m.Module).FirstOrDefault(m => m.Parts().Contains(holder)) is { } above
            ? NameOf(above) : holder.GetType().Name,
    };

    /// <summary>The range of the place where a bare variable stands; null: it has none.</summary>
    public (string Place, double Low, double High)? RangeOf(Variable variable)
    {
        foreach (var number in model.Walk().Select(m => m.Module).OfType<Hyperparameter>())
            if (number.Bare == variable && number.Range is { Place.Length: > 0 } range
                && (double.IsFinite(range.Low) || double.IsFinite(range.High)))
                return (range.Place, range.Low, range.High);
        return null;
    }

    /// <summary>Whether a variable is a bare strength or loss weight: it only multiplies a part of the loss.</summary>
    public bool OnlyMultiplies(Variable variable) => LowerBound.Strengths(model).Contains(variable);

    /// <summary>A stretch in which variables stand elsewhere: nobody says that they have left their range, and nothing is
    /// counted.</summary>
    public static IDisposable Aside() => new Probe();

    /// <summary>Hears of each update that an optimizer is asked for on this thread, before it is made, until the result is
    /// disposed.</summary>
    /// <param name="hear">Gets the optimizer, and gradients with their variables.</param>
    public static IDisposable Hear(Action<Optimizer, IReadOnlyList<(Tensor? Gradient, Variable Variable)>> hear) => new Ear(hear);

    sealed class Ear : IDisposable
    {
        readonly Action<Optimizer, IReadOnlyList<(Tensor? Gradient, Variable Variable)>>? outer = Optimizer.Heard;

        public Ear(Action<Optimizer, IReadOnlyList<(Tensor? Gradient, Variable Variable)>> hear) => Optimizer.Heard = hear + outer;

        public void Dispose() => Optimizer.Heard = outer;
    }

    sealed class End(CallbackList callbacks) : IDisposable
    {
        public void Dispose() => callbacks.Release();
    }
}
