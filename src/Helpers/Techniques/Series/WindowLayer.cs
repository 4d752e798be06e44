using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A series as its sliding windows: for each moment the values some steps before it. In a model: <c>new WindowLayer([1, 2,
/// 9])</c>.</summary>
/// <remarks>
/// out[b, t, j] = in[b, t + m − lag_j] with m = the largest lag, so out[b, t] is what is known before in[b, t + m]. Shapes: (batch, steps)
/// to (batch, steps − m, lags); with features (batch, steps, f) to (batch, steps − m, lags · f), all features of the first lag first. A
/// Dense(1) behind it is an autoregression; what stands before it, such as a learned power, acts on every lag alike. Gradients pass.
/// <see cref="Windows"/> and <see cref="Targets"/> give the rows of one series for a model that takes rows.
/// </remarks>
public sealed class WindowLayer : Layer
{
    readonly int[] lags;

    /// <summary>Windows of chosen lags.</summary>
    /// <param name="lags">How many steps each value of a window lies back: 1 is the value before. Each at least 1, none twice.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">No lag, one below 1, or one twice.</exception>
    public WindowLayer(IEnumerable<int> lags, string? name = null) : base(name)
    {
        this.lags = [.. lags];
        if (this.lags.Length == 0)
            throw new ArgumentException("WindowLayer: expected at least one lag. Received: none. [1] is the value one step before.");
        if (Array.Find(this.lags, l => l < 1) is var early && this.lags.Contains(early))
            throw new ArgumentException($"WindowLayer: expected lags of at least 1. Received: {early}. "
                + (early == 0 ? "A lag of 0 is the value to forecast itself." : "A negative lag looks into the future."));
        if (this.lags.GroupBy(l => l).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"WindowLayer: expected lags that differ. Received: {twice.Key} {twice.Count()} times. "
                + "Leave one out: no data can tell their weights apart.");
    }

    /// <summary>How many steps each value of a window lies back.</summary>
    public IReadOnlyList<int> Lags => lags;

    /// <summary>m, the largest lag: so many values at the beginning have no whole window.</summary>
    public int Reach => lags.Max();

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes, or no more steps than the largest lag.</exception>
    /// <exception cref="ArgumentException">A value that is missing: NaN or infinite.</exception>
    public override Tensor call(Tensor inputs, bool training)
    {
        var shape = inputs.shape;
        if (shape.Rank is not (2 or 3) || shape[1] <= Reach)
            throw new ShapeException($"Layer '{name}': expected series of shape (batch, steps) or (batch, steps, features) with more than "
                + $"{Reach} steps, the largest lag. Received: shape {shape}. Give longer series, or shorter lags.");
        if (!(bool)tf.reduce_all(tf.math.is_finite(inputs)))
            SeriesRows.Finite($"Layer '{name}', series {Spoiled(inputs)}", Steps(inputs, Spoiled(inputs)));
        var all = shape.Rank == 2 ? tf.expand_dims(inputs, 2) : inputs;
        return tf.concat(lags.Select(lag => (Operand)all[.., (Reach - lag)..(shape[1] - lag)]), axis: 2);
    }

    /// <summary>The windows of one series as rows, in its element type: shape (n − m, lags). Row t is what is known before value t +
    /// m.</summary>
    /// <param name="series">Shape (n,) or (n, 1), with n above the largest lag.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="ArgumentException">Too short, or a value that is missing.</exception>
    public Tensor Windows(Operand series) => Rows(Checked(series));

    /// <summary>The values that the windows come before, as a column: shape (n − m, 1).</summary>
    /// <inheritdoc cref="Windows"/>
    public Tensor Targets(Operand series) => tf.expand_dims(Checked(series)[Reach..], 1);

    /// <summary>The windows of a series that has been looked at.</summary>
    internal Tensor Rows(Tensor x) => tf.stack(lags.Select(lag => (Operand)x[(Reach - lag)..(x.size - lag)]), axis: 1);

    Tensor Checked(Operand series)
    {
        SeriesRows.Of("WindowLayer", series, Reach + 1, $"one more than the largest lag, {Reach}", varies: false);
        return tf.reshape(series, series.shape.Size);
    }

    /// <summary>The first series with a value that is missing.</summary>
    static int Spoiled(Tensor inputs) =>
        Enumerable.Range(0, inputs.shape[0]).First(b => !(bool)tf.reduce_all(tf.math.is_finite(inputs[b])));

    /// <summary>One number a step: the sum over features, which is missing where one of them is.</summary>
    static double[] Steps(Tensor inputs, int series) =>
        tf.cast(inputs.ndim == 2 ? inputs[series] : tf.reduce_sum(inputs[series], 1), tf.float64).ToArray<double>();
}
