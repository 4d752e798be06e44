namespace Workbook.Keras;

/// <summary>A number to look at while training: gathered over batches, read at the end. Keras: keras.metrics.Metric. A name such as "accuracy" or "mse" converts to one.</summary>
/// <remarks>Losses are metrics by name too: "mse" is the mean of the loss; but "cosine_similarity" is the cosine itself, 1 for equal directions. State is kept in double precision.</remarks>
public abstract class Metric
{
    /// <summary>A metric.</summary>
    /// <param name="name">The key in the history.</param>
    protected Metric(string name) => this.name = name;

    /// <summary>The key in the history.</summary>
    public string name { get; internal set; }

    /// <summary>The metric of that name; the history has it under the name as written.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    public static implicit operator Metric(string name)
    {
        if (Registry<Metric>.Names.Contains(name))
        {
            var metric = Registry<Metric>.Get("metric", name);
            metric.name = name;
            return metric;
        }
        // A loss is small for equal directions, the metric of that name large.
        if (Registry<Loss>.Names.Contains(name))
            return (Loss)name is CosineSimilarity ? keras.metrics.CosineSimilarity(name) : new MeanOfFunction(((Loss)name).call, name);
        throw new ArgumentException($"metric: expected a known name. Received: '{name}'. {Spelling.Suggest(name, Registry<Metric>.Names.Concat(Registry<Loss>.Names))}");
    }

    /// <summary>Takes in a batch.</summary>
    /// <param name="y_true">The targets.</param>
    /// <param name="y_pred">The predictions.</param>
    /// <param name="sample_weight">A weight per sample; default 1 each.</param>
    public abstract void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null);

    /// <summary>The value over all batches since the last reset.</summary>
    /// <returns>Usually a scalar; float64.</returns>
    public abstract Tensor result();

    /// <summary>Forgets all batches.</summary>
    public abstract void reset_state();

    /// <summary>The value for one batch alone. Python: metric(y_true, y_pred).</summary>
    public Tensor Apply(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        update_state(y_true, y_pred, sample_weight);
        return result();
    }

    private protected static Tensor Scalar(double value) => tf.constant(value, DType.Float64);
}
