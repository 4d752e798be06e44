using System.Diagnostics.CodeAnalysis;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>A number to look at while training: gathered over batches, read at the end. Keras: keras.metrics.Metric. A name such as
/// "accuracy" or "mse" converts to one.</summary>
/// <remarks>
/// Losses are metrics by name too: "mse" is the mean of the loss; but "cosine_similarity" is the cosine itself, 1 for equal directions.
/// State is kept in double precision.
/// To make your own: make state with <see cref="add_weight"/>, and override <see cref="update_state"/> and <see cref="result"/>. A model
/// that holds a
/// metric in a field resets it before each epoch and each evaluation, and shows it in the logs; the variables of a metric are not weights
/// of the model.
/// </remarks>
public abstract class Metric : Module
{
    readonly List<Variable> made = [];

    /// <summary>A metric.</summary>
    /// <param name="name">The key in the history.</param>
    protected Metric(string name) => this.name = name;

    /// <summary>The key in the history.</summary>
    public string name { get; internal set; }

    /// <summary>The name by which it was asked for; null: it was made.</summary>
    internal string? AskedAs { get; set; }

    /// <summary>The metric of that name; the history has it under the name as written.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Metric?(string? name)
    {
        if (name is null) return null;
        if (Registry<Metric>.Names.Contains(name))
        {
            var metric = Registry<Metric>.Get("metric", name);
            metric.name = metric.AskedAs = name;
            return metric;
        }
        // A loss is small for equal directions, the metric of that name large.
        if (Registry<Loss>.Names.Contains(name))
            return (Loss)name is CosineSimilarity ? keras.metrics.CosineSimilarity(name)
                : new MeanOfFunction(((Loss)name).call, name) { AskedAs = name };
        throw new ArgumentException(
            $"metric: expected a known name. "
                + $"Received: '{name}'. {Spelling.Suggest(name, Registry<Metric>.Names.Concat(Registry<Loss>.Names))}");
    }

    /// <summary>Takes in a batch.</summary>
    /// <param name="y_true">The targets.</param>
    /// <param name="y_pred">The predictions.</param>
    /// <param name="sample_weight">A weight per sample; default 1 each.</param>
    public abstract void update_state(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null);

    /// <summary>The value over all batches since the last reset.</summary>
    /// <returns>Usually a scalar; float64.</returns>
    public abstract Tensor result();

    /// <summary>Forgets all batches; by default sets the variables of <see cref="add_weight"/> to 0.</summary>
    public virtual void reset_state()
    {
        foreach (var variable in made) variable.assign(tf.zeros_like(variable));
    }

    /// <summary>Makes a variable that this metric keeps its state in; no optimizer moves it. Keras: add_weight.</summary>
    /// <param name="shape">Default: a scalar.</param>
    /// <param name="initializer">Its first value; default zeros.</param>
    /// <param name="name">Appended to the name of the metric.</param>
    /// <param name="dtype">Default: keras.config.floatx().</param>
    public Variable add_weight(Shape? shape = null, Initializer? initializer = null, string name = "variable", DType? dtype = null)
    {
        var value = (initializer ?? new Zeros()).Apply(shape ?? Shape.Scalar, dtype ?? keras.config.floatx());
        var variable = new Variable(value, trainable: false, $"{this.name}/{name}");
        made.Add(variable);
        return variable;
    }

    /// <summary>Whether the class is somebody's own.</summary>
    internal bool IsOwn => GetType().Assembly != typeof(Metric).Assembly;

    internal override bool IsPart => false;

    internal override IEnumerable<object> Held() => [.. made, .. base.Held()];

    /// <summary>The value for one batch alone. Python: metric(y_true, y_pred).</summary>
    public Tensor Apply(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null)
    {
        update_state(y_true, y_pred, sample_weight);
        return result();
    }

    /// <summary>The first batch of a class of somebody's own: names variables whose value of an earlier moment it computes with.</summary>
    internal void First(Tensor y_true, Tensor y_pred, Tensor? sample_weight) => Looked($"The metric '{name}'", [y_pred], p =>
    {
        update_state(tf.stop_gradient(y_true), p[0], sample_weight);
        return true;
    });

    /// <summary>Somebody's own code that looks at predictions: names numbers whose value of an earlier moment it computes with.</summary>
    /// <param name="place">What it is, for the message.</param>
    /// <param name="y_pred">The predictions.</param>
    /// <param name="look">The code.</param>
    internal static T Looked<T>(string place, Tensor[] y_pred, Func<Tensor[], T> look)
    {
        using var kept = new LostGradients();
        // Followed for themselves, so that whatever meets the predictions is looked at; what is read anew is none.
        using var tape = tf.GradientTape(watch_accessed_variables: false);
        var predictions = Array.ConvertAll(y_pred, p =>
        {
            var copy = tf.stop_gradient(p);
            (copy.Mask, copy.Logits) = (p.Mask, p.Logits);
            tape.watch(copy);
            return copy;
        });
        var found = look(predictions);
        Snapshot.SayNumbers(place, kept.Snapshots.Select(s => s.Variable));
        return found;
    }

    /// <summary>Names numbers whose value of an earlier moment the metric computes with.</summary>
    internal void SayKept(IEnumerable<Variable> variables) => Snapshot.SayNumbers($"The metric '{name}'", variables);

    /// <summary>Looks at what a step gives to a metric: it is made of what the step reads.</summary>
    private protected void See(params ReadOnlySpan<Tensor?> given)
    {
        foreach (var tensor in given)
        {
            if (tensor is null || !tensor.HasOrigin) continue;
            if (VariableReads.InStep) SayKept(tensor.Unread);
            else Snapshot.Logged($"what the metric '{name}' gets", tensor);
        }
    }

    private protected static Tensor Scalar(double value) => tf.constant(value, DType.Float64);
}
