using System.Runtime.CompilerServices;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

public partial class Model
{
    /// <summary>Trains for a number of epochs.</summary>
    /// <param name="x">The inputs: an array, a tensor, or several.</param>
    /// <param name="y">The targets; none for a model that makes its own loss.</param>
    /// <param name="batch_size">Samples per step; default 32. The last batch of an epoch may be smaller.</param>
    /// <param name="epochs">How often all samples are used; default 1.</param>
    /// <param name="verbose">0 silent, 1 progress (default), 2 a line per epoch.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="validation_split">The share of the last samples to set aside for validation, before shuffling.</param>
    /// <param name="validation_data">Inputs and targets to evaluate after each epoch; wins over validation_split.</param>
    /// <param name="shuffle">Whether each epoch has a new random order; default true.</param>
    /// <param name="class_weight">The weight of each class in the loss; 1 where not named. Not together with sample_weight.</param>
    /// <param name="sample_weight">The weight of each sample in the loss.</param>
    /// <param name="initial_epoch">The number to start counting epochs at.</param>
    /// <param name="steps_per_epoch">How many batches make an epoch; the next epoch goes on where it ended. Default: all. Data that run out
    /// end the fit, with a warning.</param>
    /// <param name="validation_steps">How many batches of the validation data are used, the first ones each time. Default: all.</param>
    /// <param name="validation_sample_weight">The weight of each sample of validation_data.</param>
    /// <param name="validation_batch_size">Default: batch_size.</param>
    /// <param name="validation_freq">Validation after every so many epochs; default 1.</param>
    /// <returns>Losses and metrics per epoch. A loss is the mean over the epoch of what each step saw before its update, penalties
    /// included.</returns>
    /// <exception cref="ModelException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">Data that do not fit, no samples, a split that leaves nothing, class and sample weights
    /// together.</exception>
    [OverloadResolutionPriority(1)]
    public History fit(Batch x, Batch? y = null, int? batch_size = null, int epochs = 1, int verbose = 1,
        IEnumerable<Callback>? callbacks = null,
        double validation_split = 0, (Batch x, Batch y)? validation_data = null, bool shuffle = true, ClassWeight? class_weight = null,
        Batch? sample_weight = null, int initial_epoch = 0, int? steps_per_epoch = null, int? validation_steps = null,
        Batch? validation_sample_weight = null, int? validation_batch_size = null, int validation_freq = 1)
    {
        var feed = new Feed(x, y, sample_weight, batch_size);
        Feed? validation = null;
        if (validation_data is { } held) validation = new(held.x, held.y, validation_sample_weight, validation_batch_size ?? batch_size);
        else if (validation_split != 0) (feed, validation) = feed.Split(validation_split, validation_batch_size);
        feed.Whole.See("", this);
        validation?.Whole.See(" of validation", this);
        // After the split: what is meant for training does not weigh the samples that are held out.
        if (class_weight is not null) feed = feed.Weighted(class_weight);
        return Fitted(() => feed.Epoch(shuffle), steps_per_epoch, feed.Steps, epochs, verbose, callbacks,
            validation is null ? null : () => validation.Epoch(shuffle: false), validation_steps, initial_epoch, validation_freq);
    }

    History Fitted(Func<IEnumerable<Item>> once, int? steps_per_epoch, int all, int epochs, int verbose, IEnumerable<Callback>? callbacks,
        Func<IEnumerable<Item>>? validation, int? validation_steps, int initial_epoch = 0, int validation_freq = 1)
    {
        AtLeastOne(steps_per_epoch, nameof(steps_per_epoch));
        AtLeastOne(validation_steps, nameof(validation_steps));
        using var data = new EpochData(once, steps_per_epoch);
        (Func<IEnumerable<Item>>,
            int)? evaluated = validation is null ? null : (() => First(validation(), validation_steps), validation_freq);
        return new Fit(this, data, new(epochs, steps_per_epoch ?? all, verbose), callbacks, evaluated).Run(initial_epoch);
    }

    static void AtLeastOne(int? steps, string name)
    {
        if (steps < 1) throw new ArgumentOutOfRangeException(name, $"{name}: expected at least 1, or none for all. Received: {steps}.");
    }

    /// <summary>The first batches of an evaluation; fewer than asked for are said.</summary>
    IEnumerable<Item> First(IEnumerable<Item> batches, int? steps)
    {
        var given = 0;
        foreach (var item in batches)
        {
            yield return item;
            if (++given == steps) yield break;
        }
        if (steps is null) yield break;
        Warnings.Once($"steps:{steps}", $"Model '{name}': the input ran out of data: expected {steps} batches to evaluate. "
            + $"Received: {given}, which are all used.", this);
    }

    /// <summary>
    /// The epoch that runs: steps find here what they train. Only <see cref="Begin"/> sets it, for as long as its scope is open.
    /// </summary>
    Epoch? epoch;

    /// <summary>Begins an epoch, which ends when the result is disposed.</summary>
    internal Running Begin(Course course)
    {
        var outer = epoch;
        epoch = new(this, Compiled, course);
        return new(this, outer, epoch);
    }

    internal readonly ref struct Running(Model model, Epoch? outer, Epoch epoch)
    {
        public Epoch Epoch => epoch;

        public void Dispose()
        {
            // A step inside of another fit's leaves what that one has noted.
            if (outer is null) epoch?.End();
            model?.epoch = outer;
        }
    }

    /// <summary>A step of training: what it reads and nobody trains is named.</summary>
    internal Dictionary<string, double> Step(Item item, Epoch epoch)
    {
        item.See("", this);
        Dictionary<string, double> logs;
        using (epoch.Course.Reads.Step()) logs = train_step(item.X, item.Y, item.Weight);
        epoch.Course.Reads.Look("a training step");
        return logs;
    }

    internal Dictionary<string, double> Evaluate(IEnumerable<Item> data, CallbackList callbacks, Epoch epoch, bool inFit = true)
    {
        callbacks.on_test_begin([]);
        reset_metrics();
        Dictionary<string, double> logs = [];
        var batch = 0;
        foreach (var item in data)
        {
            callbacks.on_test_batch_begin(batch, []);
            using (inFit ? epoch.Course.Reads.Step() : null) logs = test_step(item.X, item.Y, item.Weight);
            callbacks.on_test_batch_end(batch++, logs);
        }
        if (logs.Count == 0)
        {
            throw new ArgumentException("evaluate: expected at least one batch. Received: none. "
                + "A sequence that can be gone through only once does for one evaluation.");
        }
        if (epoch.IsPlanned) epoch.Course.Reads.Look("an evaluation step");
        logs = Sorted(logs);
        callbacks.on_test_end(logs);
        return logs;
    }

    /// <summary>Logs sorted by name, as Keras has them at the end of an epoch.</summary>
    internal static Dictionary<string, double> Sorted(Dictionary<string, double> logs) =>
        logs.OrderBy(l => l.Key, StringComparer.Ordinal).ToDictionary(l => l.Key, l => l.Value);

    /// <summary>Losses and metrics of data, without training.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="batch_size">Samples at a time; default 32.</param>
    /// <param name="verbose">0 silent (default), 1 a line.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <param name="steps">How many batches are used, the first ones. Default: all.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <returns>Values by name, "loss" among them.</returns>
    /// <exception cref="ModelException">The model is not compiled.</exception>
    [OverloadResolutionPriority(1)]
    public IReadOnlyDictionary<string, double> evaluate(Batch x, Batch? y = null, int? batch_size = null, int verbose = 0,
        Batch? sample_weight = null,
        int? steps = null, IEnumerable<Callback>? callbacks = null)
    {
        return Evaluated(new Feed(x, y, sample_weight, batch_size).Epoch(shuffle: false), steps, verbose, callbacks);
    }

    Dictionary<string, double> Evaluated(IEnumerable<Item> data, int? steps, int verbose, IEnumerable<Callback>? callbacks = null)
    {
        AtLeastOne(steps, nameof(steps));
        using var running = Begin(Compiled.Course);
        CallbackList told = new([.. callbacks ?? []], this, new(0, 0, verbose));
        var logs = Evaluate(First(data, steps), told, running.Epoch, inFit: false);
        if (verbose > 0) Console.WriteLine(Progress.Line(logs));
        return logs;
    }

    /// <summary>Predictions for data.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="batch_size">Samples at a time; default 32.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <returns>The output, of as many rows as x.</returns>
    /// <exception cref="ModelException">The model has several outputs: use predict_many.</exception>
    public Tensor predict(Batch x, int? batch_size = null, IEnumerable<Callback>? callbacks = null) =>
        predict_many(x, batch_size, callbacks) is [var one] ? one
        : throw new ModelException($"Model '{name}': expected one output for predict. Received: {output_names.Count}. Use predict_many.");

    /// <summary>Predictions for data, one tensor per output.</summary>
    /// <inheritdoc cref="predict"/>
    public Tensor[] predict_many(Batch x, int? batch_size = null, IEnumerable<Callback>? callbacks = null)
    {
        CallbackList told = new([.. callbacks ?? []], this, new(0, 0, 0));
        told.on_predict_begin([]);
        List<Tensor[]> parts = [];
        foreach (var item in new Feed(x, null, null, batch_size).Epoch(shuffle: false))
        {
            told.on_predict_batch_begin(parts.Count, []);
            parts.Add(Forward(item.X, training: false));
            told.on_predict_batch_end(parts.Count - 1, []);
        }
        told.on_predict_end([]);
        return [.. Enumerable.Range(0, parts[0].Length)
            .Select(i => tf.stop_gradient(parts.Count == 1 ? parts[0][i] : tf.concat(parts.Select(p => p[i]), 0)))];
    }

    /// <summary>One training step on one batch, with metrics of this batch alone.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <returns>Values by name; the loss is that before the update.</returns>
    public IReadOnlyDictionary<string, double> train_on_batch(Batch x, Batch? y = null, Batch? sample_weight = null)
    {
        reset_metrics();
        using var running = Begin(Compiled.Course);
        Snapshot.Begin(isFit: false);
        var logs = Step(new(x, y, sample_weight), running.Epoch);
        // Nobody else does: there may be no next step whose loss would tell.
        var epoch = running.Epoch;
        epoch.Course.NotFinite(() => Diagnosis.BrokenByUpdate(this, "a step", v => epoch.LatestGradients.GetValueOrDefault(v)));
        Snapshot.End(weights: false);
        return logs;
    }

    /// <summary>Losses and metrics of one batch.</summary>
    /// <inheritdoc cref="train_on_batch"/>
    public IReadOnlyDictionary<string, double> test_on_batch(Batch x, Batch? y = null, Batch? sample_weight = null)
    {
        reset_metrics();
        using var running = Begin(Compiled.Course);
        return (Dictionary<string, double>)test_step(x, y, sample_weight);
    }
}
