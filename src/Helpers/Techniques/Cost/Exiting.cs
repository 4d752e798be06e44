using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What each stage of an <see cref="EarlyExit"/> says of some rows.</summary>
sealed class Exiting
{
    const double Tiny = 1e-12;

    readonly Tensor[] probabilities, sure;
    readonly Tensor[]? surprise;

    Exiting(Tensor[] probabilities, int[]? labels)
    {
        this.probabilities = probabilities;
        sure = Array.ConvertAll(probabilities, p =>
        {
            var top = tf.clip_by_value(tf.reduce_max(p, -1), Tiny, 1 - Tiny);
            return tf.math.log(top) - tf.math.log(1.0 - top);
        });
        if (labels is null) return;
        surprise = Array.ConvertAll(probabilities, p => -tf.math.log(tf.maximum(
            tf.reduce_sum(p * tf.one_hot(tf.constant(labels), p.shape[1], dtype: tf.float64), -1), Tiny)));
    }

    /// <summary>log(p/(1 − p)) of the row of which a stage is least sure.</summary>
    public double Least => sure[..^1].Min(s => (double)tf.reduce_min(s));

    /// <summary>And of the surest.</summary>
    public double Most => sure[..^1].Max(s => (double)tf.reduce_max(s));

    /// <exception cref="ArgumentException">What a stage gives are no probabilities, or a label is none of the classes.</exception>
    public static Exiting Of(IReadOnlyList<Model> stages, Tensor x, Tensor? y)
    {
        Tensor[] said = [.. stages.Select(s => Probabilities(s, x))];
        if (said.Select(p => p.shape[1]).Distinct().Count() > 1)
            throw new ArgumentException("EarlyExit: expected the same classes at each stage. Received: "
                + $"{string.Join(", ", said.Select(p => p.shape[1]))} of them.");
        if (y is not null && (y.ndim == 0 || y.shape[0] != x.shape[0] || (y.ndim != 2 && y.size != x.shape[0])))
            throw new ShapeException($"EarlyExit: expected a label for each of {x.shape[0]} rows. Received: labels of shape {y.shape}.");
        return new(said, y is null ? null : ClassLabels.Of(nameof(EarlyExit), y, said[0].shape[1]));
    }

    /// <exception cref="ArgumentException">The model does not end with one number for each class.</exception>
    public static void Refuse(Model stage)
    {
        if (stage.outputs.Count != 1 || stage.outputs[0].shape is not { Rank: 2 } shape || shape[1] < 1)
            throw new ArgumentException($"EarlyExit: expected a classifier at each exit: one output (batch, classes). Received: "
                + $"'{stage.name}' with {(stage.outputs.Count == 0 ? "none that is known: begin it with keras.Input"
                    : string.Join(", ", stage.outputs.Select(o => o.shape)))}. Put a Flatten or a GlobalAveragePooling2D "
                + "and a Dense(classes, activation: \"softmax\") behind it.");
    }

    /// <summary>The mean of −log p(y) over rows and the stages at which they leave.</summary>
    public Tensor Loss(Tensor theta, double softness) => Mean(theta, softness, k => surprise![k]);

    /// <summary>The mean cost.</summary>
    public Tensor Cost(Tensor theta, long[] costs, double softness) =>
        Mean(theta, softness, k => tf.constant((double)costs[k], tf.float64));

    Tensor Mean(Tensor theta, double softness, Func<int, Tensor> of)
    {
        var (sum, here) = (tf.zeros_like(sure[0]), tf.ones_like(sure[0]));
        for (var k = 0; k < sure.Length - 1; k++)
        {
            var leaves = tf.sigmoid((sure[k] - theta[k]) / softness);
            (sum, here) = (sum + here * leaves * of(k), here * (1.0 - leaves));
        }
        return tf.reduce_mean(sum + here * of(sure.Length - 1));
    }

    /// <summary>Each row at the first stage that is sure enough.</summary>
    public Exits Leave(double[] theta, long[] costs)
    {
        var seen = Array.ConvertAll(sure, s => s.ToArray<double>());
        int[] stage = [.. Enumerable.Range(0, seen[0].Length).Select(i => Enumerable.Range(0, seen.Length)
            .First(k => k == theta.Length || seen[k][i] > theta[k]))];
        var all = tf.stack(probabilities, axis: 1);
        var chosen = tf.one_hot(tf.constant(stage), seen.Length, dtype: tf.float64);
        return new(tf.reduce_sum(all * tf.expand_dims(chosen, -1), 1), stage, stage.Average(k => (double)costs[k]));
    }

    static Tensor Probabilities(Model stage, Tensor x)
    {
        var p = tf.cast(stage.predict(x), tf.float64);
        if (p.shape[1] == 1) p = tf.concat([1.0 - p, p], 1);
        var off = (double)tf.reduce_max(tf.abs(tf.reduce_sum(p, -1) - 1.0));
        if (!(off < 1e-3 && (double)tf.reduce_min(p) >= -1e-6))
            throw new ArgumentException($"EarlyExit: expected probabilities at each exit, which are at least 0 and sum to 1. Received: "
                + $"from '{stage.name}' a row that is off by {Numbers.Show(off, 3)}, or a number below 0. Put a softmax at its end.");
        return p;
    }
}
