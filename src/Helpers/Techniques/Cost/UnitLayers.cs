using System.Runtime.CompilerServices;
using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What layers do to single units: which of them can be cut out.</summary>
static class UnitLayers
{
    static readonly ConditionalWeakTable<Layer, object> proportional = [];

    /// <summary>Whether the last axis counts its units, each made by itself of one column of the kernel.</summary>
    public static bool HasUnits(Layer layer) => layer is Dense or Conv1D or Conv2D or Embedding;

    /// <summary>Whether each unit goes through by itself, with weights of its own or none.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="rank">How many axes its input has.</param>
    public static bool IsEach(Layer layer, int rank) => layer is Activation or BatchNormalization || IsStraight(layer, rank);

    /// <summary>Whether a factor above 0, and 0, go through as they are.</summary>
    /// <inheritdoc cref="IsEach(Layer, int)"/>
    public static bool IsStraight(Layer layer, int rank) => layer is Dropout or SpatialDropout1D or SpatialDropout2D or GaussianDropout
        or MaxPooling1D or MaxPooling2D or AveragePooling1D or AveragePooling2D or GlobalMaxPooling1D or GlobalMaxPooling2D
        or GlobalAveragePooling1D or GlobalAveragePooling2D or Workbook.Keras.Layers.Identity
        || layer is Activation or ReLU or LeakyReLU && (bool)proportional.GetValue(layer, l => IsProportional(l, rank));

    /// <summary>Whether what one unit says depends on the others, so that it changes when they are cut out.</summary>
    /// <inheritdoc cref="IsEach(Layer, int)"/>
    public static bool Mixes(Layer layer, int rank) => layer switch
    {
        LayerNormalization or RMSNormalization or GroupNormalization or UnitNormalization or Softmax => true,
        BatchNormalization { axis: var axis } => axis != -1 && axis != rank - 1,
        Dense dense => !IsEach(dense.activation, layer.dtype),
        Conv conv => !IsEach(conv.activation, layer.dtype),
        Activation { activation: var function } => !IsEach(function, layer.dtype),
        _ => false,
    };

    /// <summary>Whether a function takes each number by itself.</summary>
    static bool IsEach(ActivationFunction function, DType dtype)
    {
        double[] Of(double[] x) => function.Apply(tf.expand_dims(tf.constant(x, dtype), 0)).ToArray<double>();
        double[] low = [-2.1, 0.4], high = [3.2, -0.3], all = Of([.. low, .. high]), apart = [.. Of(low), .. Of(high)];
        return all.Length == apart.Length && all.Zip(apart).All(p => Math.Abs(p.First - p.Second) <= 1e-5 * (1 + Math.Abs(p.First)));
    }

    /// <summary>Whether f(c·x) = c·f(x) for c of 0 and above: a line on each side of 0.</summary>
    static bool IsProportional(Layer layer, int rank)
    {
        if (Mixes(layer, rank)) return false;
        double[] x = [-1e6, -1.7, -1e-3, 0, 1e-3, 1.7, 1e6];
        var y = layer.Apply(tf.expand_dims(tf.constant(x, layer.dtype), 0)).ToArray<double>();
        var (down, up) = (y[0] / x[0], y[^1] / x[^1]);
        return x.Zip(y).All(p => Math.Abs(p.Second - (p.First > 0 ? up : down) * p.First) <= 1e-5 * Math.Abs(p.First));
    }
}
