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
    /// <param name="steps_per_epoch">How many batches make an epoch; the next epoch goes on where it ended. Default: all. Data that run out end the fit, with a warning.</param>
    /// <param name="validation_steps">How many batches of the validation data are used, the first ones each time. Default: all.</param>
    /// <param name="validation_sample_weight">The weight of each sample of validation_data.</param>
    /// <param name="validation_batch_size">Default: batch_size.</param>
    /// <param name="validation_freq">Validation after every so many epochs; default 1.</param>
    /// <returns>Losses and metrics per epoch. A loss is the mean over the epoch of what each step saw before its update, penalties included.</returns>
    /// <exception cref="ModelException">The model is not compiled.</exception>
    /// <exception cref="ArgumentException">Data that do not fit, no samples, a split that leaves nothing, class and sample weights together.</exception>
    public History fit(Batch x, Batch? y = null, int? batch_size = null, int epochs = 1, int verbose = 1, IEnumerable<Callback>? callbacks = null,
        double validation_split = 0, (Batch x, Batch y)? validation_data = null, bool shuffle = true, ClassWeight? class_weight = null,
        Batch? sample_weight = null, int initial_epoch = 0, int? steps_per_epoch = null, int? validation_steps = null,
        Batch? validation_sample_weight = null, int? validation_batch_size = null, int validation_freq = 1)
    {
        var feed = new Feed(x, y, sample_weight, batch_size);
        Feed? validation = null;
        if (validation_data is { } held) validation = new(held.x, held.y, validation_sample_weight, validation_batch_size ?? batch_size);
        else if (validation_split != 0) (feed, validation) = feed.Split(validation_split, validation_batch_size);
        feed.Whole.See("", this);
        // After the split: what is meant for training does not weigh the samples that are held out.
        if (class_weight is not null) feed = feed.Weighted(class_weight);
        return Fit(() => feed.Epoch(shuffle), steps_per_epoch, feed.Steps, epochs, verbose, callbacks,
            validation, validation_steps, initial_epoch, validation_freq);
    }

    /// <summary>Trains on batches that come from anywhere: a generator, a file, a data set too large for memory.</summary>
    /// <param name="data">Inputs and targets of each step; gone through once per epoch, or, with steps_per_epoch, once.</param>
    /// <param name="epochs">How often; default 1.</param>
    /// <param name="verbose">0 silent, 1 progress (default), 2 a line per epoch.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="validation_data">Inputs and targets to evaluate after each epoch.</param>
    /// <param name="steps_per_epoch">How many batches make an epoch; the next epoch goes on where it ended. Default: all. Data that run out end the fit, with a warning.</param>
    /// <param name="validation_steps">How many batches of the validation data are used, the first ones each time. Default: all.</param>
    /// <returns>Losses and metrics per epoch.</returns>
    public History fit(IEnumerable<(Batch x, Batch y)> data, int epochs = 1, int verbose = 1, IEnumerable<Callback>? callbacks = null,
        (Batch x, Batch y)? validation_data = null, int? steps_per_epoch = null, int? validation_steps = null)
    {
        var batches = data.Select(b => new Item(b.x, b.y, null));
        var validation = validation_data is { } held ? new Feed(held.x, held.y, null, null) : null;
        return Fit(() => batches, steps_per_epoch, 0, epochs, verbose, callbacks, validation, validation_steps, 0, 1);
    }

    History Fit(Func<IEnumerable<Item>> once, int? steps_per_epoch, int allSteps, int epochs, int verbose, IEnumerable<Callback>? callbacks,
        Feed? validation, int? validation_steps, int initial_epoch, int validation_freq)
    {
        _ = Compiled;
        AtLeastOne(steps_per_epoch, nameof(steps_per_epoch));
        AtLeastOne(validation_steps, nameof(validation_steps));
        using var data = new EpochData(once, steps_per_epoch);
        var steps = steps_per_epoch ?? allSteps;
        var (history, ownStep) = (new History(), false);
        var all = new CallbackList([.. callbacks ?? [], history], this, new(epochs, steps, verbose));
        var progress = new Progress(epochs, steps, verbose);
        stop_training = false;
        toldNotFinite = false;
        reads = null;
        Domain.BeginFit();
        Snapshot.Begin();
        validation?.Whole.See(" of validation", this);
        try
        {
            all.on_train_begin([]);
            Epochs();
            optimizer!.finalize_variable_values(trainable_variables);
            hyper_optimizer?.finalize_variable_values(trainable_variables);
            plan = null;
            if (ownStep) Reads.LeftOut();
            foreach (var mover in new[] { optimizer, hyper_optimizer }) mover?.NameStill(2, trainable_variables);
            Snapshot.End(weights: true);
            all.on_train_end([]);
        }
        finally
        {
            // Also when a step or a callback throws: a judge must give its variables back.
            plan = null;
            all.Release();
        }
        return history;

        void Epochs()
        {
            for (var epoch = initial_epoch; epoch < epochs && !stop_training; epoch++)
            {
                progress.Epoch(epoch);
                all.on_epoch_begin(epoch, []);
                ResetMetrics();
                // Anew in each epoch: what was frozen, attached or replaced since the last one counts from here.
                plan = null;
                var (made, logs) = Train(data, all, progress);
                if (data.RanOut)
                {
                    Warnings.Say($"Model '{name}': the input ran out of data: expected {steps_per_epoch} batches "
                        + $"in epoch {epoch + 1}. Received: {made}. "
                        + "The fit ends here. Let the data go on for steps_per_epoch · epochs batches, "
                        + "or leave steps_per_epoch out: an epoch is then once through them.");
                    stop_training = true;
                    if (made == 0) break;
                }
                ownStep |= !derived;
                if (!toldNotFinite) toldNotFinite = Diagnosis.BrokenByUpdate(this, plan?.Trainable ?? trainable_variables, epoch + 1, v => LatestGradients.GetValueOrDefault(v));
                if (validation is not null && (epoch + 1) % validation_freq == 0)
                    foreach (var (name, value) in Evaluate(validation, validation_steps, all)) logs["val_" + name] = value;
                all.on_epoch_end(epoch, logs);
                progress.Done(logs);
            }
        }
    }

    (int Steps, Dictionary<string, double> Logs) Train(EpochData data, CallbackList all, Progress progress)
    {
        var step = 0;
        Dictionary<string, double> logs = [];
        foreach (var item in data.Next())
        {
            all.on_train_batch_begin(step, []);
            logs = Watched(item);
            if (!derived) OwnStep(logs, step + 1);
            all.on_train_batch_end(step, logs);
            progress.Step(++step, logs);
            if (stop_training) break;
        }
        if (step == 0 && !(data.RanOut && data.HasGiven))
            throw new ArgumentException("fit: expected at least one batch in each epoch. Received: none. "
                + "A sequence that can be gone through only once does for one epoch.");
        return (step, Sorted(logs));
    }

    Dictionary<string, double> Watched(Item item)
    {
        item.See("", this);
        derived = false;
        Dictionary<string, double> logs;
        using (Reads.Step()) logs = train_step(item.X, item.Y, item.Weight);
        Reads.Look("a training step");
        return logs;
    }

    static void AtLeastOne(int? steps, string name)
    {
        if (steps < 1) throw new ArgumentOutOfRangeException(name, $"{name}: expected at least 1, or none for all. Received: {steps}.");
    }

    Dictionary<string, double> Evaluate(Feed data, int? steps, CallbackList callbacks)
    {
        if (steps > data.Steps)
            Warnings.Once($"steps:{steps}",
                $"Model '{name}': the input ran out of data: expected {steps} batches to evaluate. Received: {data.Steps}, which are all used.", this);
        callbacks.on_test_begin([]);
        ResetMetrics();
        Dictionary<string, double> logs = [];
        foreach (var item in data.Epoch(shuffle: false).Take(steps ?? data.Steps))
            using (Reads.Step()) logs = test_step(item.X, item.Y, item.Weight);
        if (plan is not null) Reads.Look("an evaluation step");
        logs = Sorted(logs);
        callbacks.on_test_end(logs);
        return logs;
    }

    /// <summary>Losses and metrics of data, without training.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="batch_size">Samples at a time; default 32.</param>
    /// <param name="verbose">0 silent (default), 1 a line.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <param name="steps">How many batches are used, the first ones. Default: all.</param>
    /// <returns>Values by name, "loss" among them.</returns>
    /// <exception cref="ModelException">The model is not compiled.</exception>
    public IReadOnlyDictionary<string, double> evaluate(Batch x, Batch? y = null, int? batch_size = null, int verbose = 0, Batch? sample_weight = null, int? steps = null)
    {
        _ = Compiled;
        AtLeastOne(steps, nameof(steps));
        plan = null;
        var logs = Evaluate(new Feed(x, y, sample_weight, batch_size), steps, new CallbackList([], this, new(0, 0, verbose)));
        if (verbose > 0) Console.WriteLine(Progress.Line(logs));
        return logs;
    }

    /// <summary>Predictions for data.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="batch_size">Samples at a time; default 32.</param>
    /// <returns>The output, of as many rows as x.</returns>
    /// <exception cref="ModelException">The model has several outputs: use predict_many.</exception>
    public Tensor predict(Batch x, int? batch_size = null) => predict_many(x, batch_size) is [var one] ? one
        : throw new ModelException($"Model '{name}': expected one output for predict. Received: {output_names.Count}. Use predict_many.");

    /// <summary>Predictions for data, one tensor per output.</summary>
    /// <inheritdoc cref="predict"/>
    public Tensor[] predict_many(Batch x, int? batch_size = null)
    {
        var parts = new Feed(x, null, null, batch_size).Epoch(shuffle: false).Select(b => Forward(b.X, training: false)).ToList();
        return [.. Enumerable.Range(0, parts[0].Length).Select(i => tf.stop_gradient(parts.Count == 1 ? parts[0][i] : tf.concat(parts.Select(p => p[i]), 0)))];
    }

    /// <summary>One training step on one batch, with metrics of this batch alone.</summary>
    /// <param name="x">The inputs.</param>
    /// <param name="y">The targets.</param>
    /// <param name="sample_weight">The weight of each sample.</param>
    /// <returns>Values by name; the loss is that before the update.</returns>
    public IReadOnlyDictionary<string, double> train_on_batch(Batch x, Batch? y = null, Batch? sample_weight = null)
    {
        ResetMetrics();
        plan = null;
        Snapshot.Begin();
        var logs = Watched(new(x, y, sample_weight));
        Snapshot.End(weights: false);
        return logs;
    }

    /// <summary>Losses and metrics of one batch.</summary>
    /// <inheritdoc cref="train_on_batch"/>
    public IReadOnlyDictionary<string, double> test_on_batch(Batch x, Batch? y = null, Batch? sample_weight = null)
    {
        ResetMetrics();
        plan = null;
        return test_step(x, y, sample_weight);
    }
}
