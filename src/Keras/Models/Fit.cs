using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>One call of fit, from its first callback to its last.</summary>
sealed class Fit
{
    readonly Model model;
    readonly EpochData data;
    readonly FitParameters parameters;
    readonly (Func<IEnumerable<Item>> Data, int Every)? validation;
    readonly History history = new();
    readonly CallbackList callbacks;
    readonly Progress progress;
    readonly Course course;
    readonly long[] updates;
    readonly Action<string>[] rates;
    Dictionary<string, double> last = [];
    bool ownStep;

    /// <param name="model">What is fitted; it must be compiled.</param>
    /// <param name="data">The batches, epoch by epoch.</param>
    /// <param name="parameters">The arguments that callbacks see.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="validation">What to evaluate, and after how many epochs.</param>
    public Fit(Model model, EpochData data, FitParameters parameters, IEnumerable<Callback>? callbacks,
        (Func<IEnumerable<Item>> Data, int Every)? validation)
    {
        (this.model, this.data, this.parameters, this.validation) = (model, data, parameters, validation);
        updates = [.. model.Compiled.Optimizers.Select(o => o.iterations)];
        rates = [.. model.Compiled.Optimizers.Select(o => o.WatchRates())];
        this.callbacks = new([.. callbacks ?? [], history], model, parameters);
        course = new(model, model.Compiled.Optimizer, model.Compiled.Hyper) { Terms = this.callbacks.Terms };
        progress = new(parameters.epochs, parameters.steps, parameters.verbose);
    }

    public History Run(int initial_epoch)
    {
        model.stop_training = false;
        Domain.BeginFit();
        Snapshot.Begin();
        try
        {
            callbacks.on_train_begin([]);
            for (var epoch = initial_epoch; epoch < parameters.epochs && !model.stop_training; epoch++)
                if (!RunEpoch(epoch)) break;
            End();
            callbacks.on_train_end(last);
        }
        finally
        {
            // Also when a step or a callback throws: a judge must give its variables back.
            callbacks.Release();
        }
        return history;
    }

    /// <summary>Runs an epoch; false when there was nothing left to run it with.</summary>
    bool RunEpoch(int number)
    {
        progress.Epoch(number);
        callbacks.on_epoch_begin(number, []);
        model.reset_metrics();
        // Anew in each epoch: what was frozen, attached or replaced since the last one counts from here.
        using var running = model.Begin(course);
        var epoch = running.Epoch;
        var (made, logs) = Train(epoch);
        if (data.RanOut)
        {
            Warnings.Say($"Model '{model.name}': the input ran out of data: expected {parameters.steps} batches in epoch {number + 1}. "
                + $"Received: {made}. The fit ends here. Let the data go on for steps_per_epoch · epochs batches, "
                + "or leave steps_per_epoch out: an epoch is then once through them.");
            model.stop_training = true;
            if (made == 0) return false;
        }
        ownStep |= epoch.Derived == 0;
        course.NotFinite(
            () => Diagnosis.BrokenByUpdate(model, $"epoch {number + 1}", v => epoch.LatestGradients.GetValueOrDefault(v)));
        if (validation is var (held, every) && (number + 1) % every == 0)
            foreach (var (name, value) in model.Evaluate(held(), callbacks, epoch)) logs["val_" + name] = value;
        callbacks.on_epoch_end(number, last = Model.Sorted(logs));
        progress.Done(logs);
        return true;
    }

    (int Steps, Dictionary<string, double> Logs) Train(Epoch epoch)
    {
        var step = 0;
        Dictionary<string, double> logs = [];
        foreach (var item in data.Next())
        {
            callbacks.on_train_batch_begin(step, []);
            var derived = epoch.Derived;
            logs = model.Step(item, epoch);
            if (epoch.Derived == derived) course.NotFinite(() => Diagnosis.OwnStep(model, logs, step + 1));
            callbacks.on_train_batch_end(step, logs);
            progress.Step(++step, logs);
            if (model.stop_training) break;
        }
        if (step == 0 && !(data.RanOut && data.HasGiven))
        {
            throw new ArgumentException("fit: expected at least one batch in each epoch. Received: none. "
                + "A sequence that can be gone through only once does for one epoch.");
        }
        return (step, Model.Sorted(logs));
    }

    void End()
    {
        foreach (var mover in model.Compiled.Optimizers) mover.finalize_variable_values(model.trainable_variables);
        foreach (var (mover, before) in model.Compiled.Optimizers.Zip(updates))
            if (mover.Waiting > 0 && mover.iterations == before)
            {
                var names = mover.Seen.OrderBy(v => v.MadeByLayer).Select(v => $"'{v.name}'").ToList();
                Warnings.Say($"Model '{model.name}': {mover.GetType().Name}: expected at least {mover.gradient_accumulation_steps} batches, "
                    + "since gradient_accumulation_steps is that. "
                    + $"Received: {mover.Waiting} so far, so this fit has moved nothing: {string.Join(", ", names.Take(5))}"
                    + $"{(names.Count > 5 ? $" and {names.Count - 5} more wait" : names.Count == 1 ? " waits" : " wait")}. "
                    + "Fit longer, or accumulate fewer.");
            }
        foreach (var tell in rates) tell(model.name);
        if (ownStep) course.Reads.LeftOut();
        foreach (var mover in model.Compiled.Optimizers)
            if (mover.AnyStill) mover.NameStill(2, model.trainable_variables);
        Snapshot.End(weights: true);
    }
}
