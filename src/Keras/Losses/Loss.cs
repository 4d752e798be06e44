using System.Diagnostics.CodeAnalysis;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>
/// How far predictions are from targets, as one number to make small. Keras: keras.losses.Loss. A name such as "mse" converts to one.
/// </summary>
/// <remarks>
/// A module: the model that is compiled with it owns its variables (a delta, a smoothing, a temperature), and they train. To make your own,
/// override <see cref="call"/>, or use <c>keras.losses.Lambda</c>.
/// </remarks>
public abstract class Loss : Module
{
    readonly string reduction;

    /// <summary>A loss.</summary>
    /// <param name="reduction">sum_over_batch_size (default: the sum of all values divided by their number), sum, mean_with_sample_weight,
    /// or none (also null).</param>
    /// <param name="name">Default: the class name in small letters.</param>
    /// <exception cref="ArgumentException">Another reduction.</exception>
    protected Loss(string? reduction = "sum_over_batch_size", string? name = null)
    {
        this.reduction = reduction ?? "none";
        Spelling.Check("loss reduction", this.reduction, "sum_over_batch_size", "mean", "sum", "mean_with_sample_weight", "none");
        this.name = name ?? Spelling.Snake(GetType().Name);
    }

    /// <summary>The name in messages.</summary>
    public string name { get; }

    /// <summary>The loss of that name, with its defaults.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Loss?(string? name) => name is null ? null : Registry<Loss>.Get("loss", name);

    /// <summary>One value per sample (or per step of a sequence).</summary>
    /// <param name="y_true">The targets.</param>
    /// <param name="y_pred">The predictions.</param>
    public abstract Tensor call(Tensor y_true, Tensor y_pred);

    /// <summary>The loss of a batch. Python: loss(y_true, y_pred, sample_weight).</summary>
    /// <param name="y_true">The targets.</param>
    /// <param name="y_pred">The predictions; their dtype is that of the result.</param>
    /// <param name="sample_weight">Multiplies the value of each sample; the divisor stays the count.</param>
    /// <returns>A scalar, unless the reduction is none.</returns>
    public Tensor Apply(Tensor y_true, Tensor y_pred, Tensor? sample_weight = null) =>
        Apply(y_true, y_pred, sample_weight, y_pred.Mask);

    /// <summary>The same with a mask: what is masked out counts nothing, and the mean is over the rest.</summary>
    internal Tensor Apply(Tensor y_true, Tensor y_pred, Tensor? sample_weight, Tensor? mask)
    {
        var values = call(y_true, y_pred);
        mask = Mask(y_true) is { } own ? mask is null ? own : tf.logical_and(own, mask) : mask;
        if (mask is not null)
        {
            var kept = tf.cast(mask, values.dtype);
            if (reduction is "sum_over_batch_size" or "mean")
                kept *= tf.divide_no_nan(tf.constant((double)kept.size, kept.dtype), tf.reduce_sum(kept));
            // A weight for each sample is that of all its steps.
            if (sample_weight is { ndim: 1 } && kept.ndim > 1)
                sample_weight = tf.reshape(sample_weight, new Shape([-1, .. Enumerable.Repeat(1, kept.ndim - 1)]));
            sample_weight = sample_weight is null ? kept : Weighted(kept, tf.cast(sample_weight, values.dtype));
        }
        var weight = sample_weight is null ? null : tf.cast(sample_weight, values.dtype);
        if (weight is not null) values = Weighted(values, weight);
        return reduction switch
        {
            "none" => values,
            "sum" => tf.reduce_sum(values),
            "mean_with_sample_weight" when weight is not null => tf.divide_no_nan(tf.reduce_sum(values), tf.reduce_sum(weight)),
            _ => tf.reduce_mean(values),
        };
    }

    /// <summary>Which entries count; null: all.</summary>
    private protected virtual Tensor? Mask(Tensor y_true) => null;

    static Tensor Weighted(Tensor values, Tensor weight)
    {
        (values, weight) = Ranks.Align(values, weight);
        return values * weight;
    }

    /// <summary>Targets in the dtype and rank of floating-point predictions: (n) meets (n, 1) as (n, 1), never as (n, n).</summary>
    internal static (Tensor True, Tensor Pred) Pair(Operand y_true, Operand y_pred)
    {
        var p = y_pred.value();
        if (!p.dtype.IsFloating()) p = tf.cast(p, keras.config.floatx());
        return Ranks.Align(tf.cast(y_true, p.dtype), p);
    }
}
