namespace Workbook.Keras;

public partial class Model
{
    /// <summary>Trains, with weights for the samples of the validation data.</summary>
    /// <param name="x">The inputs: an array, a tensor, or several.</param>
    /// <param name="y">The targets; none for a model that makes its own loss.</param>
    /// <param name="validation_data">Inputs, targets and weights to evaluate with after each epoch.</param>
    /// <param name="batch_size">Samples per step; default 32. The last batch of an epoch may be smaller.</param>
    /// <param name="epochs">How often all samples are used; default 1.</param>
    /// <param name="verbose">0 silent, 1 progress (default), 2 a line per epoch.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="shuffle">Whether each epoch has a new random order; default true.</param>
    /// <param name="class_weight">The weight of each class in the loss; 1 where not named. Not together with sample_weight.</param>
    /// <param name="sample_weight">The weight of each sample in the loss.</param>
    /// <param name="initial_epoch">The number to start counting epochs at.</param>
    /// <param name="steps_per_epoch">How many batches make an epoch; the next goes on where it ended. Default: all. Data that run out end
    /// the fit, with a warning.</param>
    /// <param name="validation_steps">How many batches of the validation data are used, the first ones each time. Default: all.</param>
    /// <param name="validation_batch_size">Default: batch_size.</param>
    /// <param name="validation_freq">Validation after every so many epochs; default 1.</param>
    /// <returns>Losses and metrics per epoch.</returns>
    public History fit(Batch x, Batch? y, (Batch x, Batch y, Batch? sample_weight) validation_data, int? batch_size = null, int epochs = 1,
        int verbose = 1, IEnumerable<Callback>? callbacks = null, bool shuffle = true, ClassWeight? class_weight = null,
        Batch? sample_weight = null, int initial_epoch = 0, int? steps_per_epoch = null, int? validation_steps = null,
        int? validation_batch_size = null, int validation_freq = 1) =>
        fit(x, y, batch_size, epochs, verbose, callbacks, 0, (validation_data.x, validation_data.y), shuffle, class_weight, sample_weight,
            initial_epoch, steps_per_epoch, validation_steps, validation_data.sample_weight, validation_batch_size, validation_freq);

    /// <summary>Trains, with validation data that come batch by batch.</summary>
    /// <param name="x">The inputs: an array, a tensor, or several.</param>
    /// <param name="y">The targets; none for a model that makes its own loss.</param>
    /// <param name="validation_data">Inputs and targets of each step of evaluation; gone through once after each epoch.</param>
    /// <param name="batch_size">Samples per step; default 32. The last batch of an epoch may be smaller.</param>
    /// <param name="epochs">How often all samples are used; default 1.</param>
    /// <param name="verbose">0 silent, 1 progress (default), 2 a line per epoch.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="shuffle">Whether each epoch has a new random order; default true.</param>
    /// <param name="class_weight">The weight of each class in the loss; 1 where not named. Not together with sample_weight.</param>
    /// <param name="sample_weight">The weight of each sample in the loss.</param>
    /// <param name="initial_epoch">The number to start counting epochs at.</param>
    /// <param name="steps_per_epoch">How many batches make an epoch; the next goes on where it ended. Default: all. Data that run out end
    /// the fit, with a warning.</param>
    /// <param name="validation_steps">Ends an evaluation after so many batches; default: when the data end.</param>
    /// <param name="validation_freq">Validation after every so many epochs; default 1.</param>
    /// <returns>Losses and metrics per epoch.</returns>
    public History fit(Batch x, Batch? y, IEnumerable<(Batch x, Batch y)> validation_data, int? batch_size = null, int epochs = 1,
        int verbose = 1, IEnumerable<Callback>? callbacks = null, bool shuffle = true, ClassWeight? class_weight = null,
        Batch? sample_weight = null, int initial_epoch = 0, int? steps_per_epoch = null, int? validation_steps = null,
        int validation_freq = 1)
    {
        var feed = new Feed(x, y, sample_weight, batch_size);
        feed.Whole.See("", this);
        if (class_weight is not null) feed = feed.Weighted(class_weight);
        return Fitted(() => feed.Epoch(shuffle), steps_per_epoch, feed.Steps, epochs, verbose, callbacks,
            () => Validating(validation_data.Select(Unweighted)), validation_steps, initial_epoch, validation_freq);
    }

    /// <summary>Trains on batches that come from anywhere: a generator, a file, a data set too large for memory.</summary>
    /// <param name="data">Inputs and targets of each step; gone through once per epoch, or, with steps_per_epoch, once.</param>
    /// <param name="epochs">How often; default 1.</param>
    /// <param name="verbose">0 silent, 1 progress (default), 2 a line per epoch.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="validation_data">Inputs and targets to evaluate after each epoch.</param>
    /// <param name="steps_per_epoch">How many batches make an epoch; the next goes on where it ended. Default: all. Data that run out end
    /// the fit, with a warning.</param>
    /// <param name="validation_steps">How many batches of the validation data are used, the first ones each time. Default: all.</param>
    /// <returns>Losses and metrics per epoch.</returns>
    public History fit(IEnumerable<(Batch x, Batch y)> data, int epochs = 1, int verbose = 1, IEnumerable<Callback>? callbacks = null,
        (Batch x, Batch y)? validation_data = null, int? steps_per_epoch = null, int? validation_steps = null)
    {
        var batches = data.Select(Unweighted);
        return Fitted(() => batches, steps_per_epoch, 0, epochs, verbose, callbacks, Held(validation_data), validation_steps);
    }

    /// <summary>Trains on batches that come from anywhere, each with weights for its samples.</summary>
    /// <param name="data">Inputs, targets and weights of each step; gone through once per epoch, or, with steps_per_epoch, once.</param>
    /// <param name="epochs">How often; default 1.</param>
    /// <param name="verbose">0 silent, 1 progress (default), 2 a line per epoch.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="validation_data">Inputs and targets to evaluate after each epoch.</param>
    /// <param name="steps_per_epoch">How many batches make an epoch; the next goes on where it ended. Default: all. Data that run out end
    /// the fit, with a warning.</param>
    /// <param name="validation_steps">How many batches of the validation data are used, the first ones each time. Default: all.</param>
    /// <returns>Losses and metrics per epoch.</returns>
    public History fit(IEnumerable<(Batch x, Batch y, Batch? sample_weight)> data, int epochs = 1, int verbose = 1,
        IEnumerable<Callback>? callbacks = null, (Batch x, Batch y)? validation_data = null, int? steps_per_epoch = null,
        int? validation_steps = null) =>
        Fitted(() => data.Select(Weighted), steps_per_epoch, 0, epochs, verbose, callbacks, Held(validation_data), validation_steps);

    /// <summary>Trains and validates on batches that come from anywhere.</summary>
    /// <param name="data">Inputs and targets of each step; gone through once per epoch, or, with steps_per_epoch, once.</param>
    /// <param name="validation_data">Inputs and targets of each step of evaluation; gone through once after each epoch.</param>
    /// <param name="epochs">How often; default 1.</param>
    /// <param name="verbose">0 silent, 1 progress (default), 2 a line per epoch.</param>
    /// <param name="callbacks">Code to run at fixed moments.</param>
    /// <param name="steps_per_epoch">How many batches make an epoch; the next goes on where it ended. Default: all. Data that run out end
    /// the fit, with a warning.</param>
    /// <param name="validation_steps">Ends an evaluation after so many batches; default: when the data end.</param>
    /// <returns>Losses and metrics per epoch.</returns>
    public History fit(IEnumerable<(Batch x, Batch y)> data, IEnumerable<(Batch x, Batch y)> validation_data, int epochs = 1,
        int verbose = 1, IEnumerable<Callback>? callbacks = null, int? steps_per_epoch = null, int? validation_steps = null) =>
        Fitted(() => data.Select(Unweighted), steps_per_epoch, 0, epochs, verbose, callbacks, () =>
            Validating(validation_data.Select(Unweighted)), validation_steps);

    /// <summary>The same, each batch with weights for its samples.</summary>
    /// <inheritdoc cref="fit(IEnumerable{ValueTuple{Batch, Batch}}, IEnumerable{ValueTuple{Batch, Batch}}, int, int, IEnumerable{Callback}?, int?, int?)"/>
    public History fit(IEnumerable<(Batch x, Batch y, Batch? sample_weight)> data,
        IEnumerable<(Batch x, Batch y, Batch? sample_weight)> validation_data, int epochs = 1, int verbose = 1,
        IEnumerable<Callback>? callbacks = null, int? steps_per_epoch = null, int? validation_steps = null) =>
        Fitted(() => data.Select(Weighted), steps_per_epoch, 0, epochs, verbose, callbacks, () =>
            Validating(validation_data.Select(Weighted)), validation_steps);

    /// <summary>Losses and metrics of batches that come from anywhere, without training.</summary>
    /// <param name="data">Inputs and targets of each step.</param>
    /// <param name="verbose">0 silent (default), 1 a line.</param>
    /// <param name="steps">Ends after so many batches; default: when the data end.</param>
    /// <returns>Values by name, "loss" among them.</returns>
    /// <exception cref="ModelException">The model is not compiled.</exception>
    public IReadOnlyDictionary<string, double> evaluate(IEnumerable<(Batch x, Batch y)> data, int verbose = 0, int? steps = null) =>
        Evaluated(data.Select(Unweighted), steps, verbose);

    /// <summary>The same, each batch with weights for its samples.</summary>
    /// <inheritdoc cref="evaluate(IEnumerable{ValueTuple{Batch, Batch}}, int, int?)"/>
    public IReadOnlyDictionary<string, double> evaluate(IEnumerable<(Batch x, Batch y, Batch? sample_weight)> data, int verbose = 0,
        int? steps = null) =>
        Evaluated(data.Select(Weighted), steps, verbose);

    static Item Unweighted((Batch x, Batch y) b) => new(b.x, b.y, null);

    static Item Weighted((Batch x, Batch y, Batch? sample_weight) b) => new(b.x, b.y, b.sample_weight);

    IEnumerable<Item> Validating(IEnumerable<Item> batches)
    {
        foreach (var item in batches)
        {
            item.See(" of validation", this);
            yield return item;
        }
    }

    Func<IEnumerable<Item>>? Held((Batch x, Batch y)? data)
    {
        if (data is not { } held) return null;
        var feed = new Feed(held.x, held.y, null, null);
        feed.Whole.See(" of validation", this);
        return () => feed.Epoch(shuffle: false);
    }
}
