using Workbook.Tensors;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Short names for what the snippets write in brackets.</summary>
static class SnippetValues
{
    public static Tensor Floats(params float[] values) => tf.constant(values);

    public static Tensor Doubles(params double[] values) => tf.constant(values);

    public static Tensor Ints(params int[] values) => tf.constant(values);

    public static Tensor Longs(params long[] values) => tf.constant(values);

    public static Tensor Bools(params bool[] values) => tf.constant(values);

    /// <summary>A Python list.</summary>
    public static object?[] List(params object?[] values) => values;
}
