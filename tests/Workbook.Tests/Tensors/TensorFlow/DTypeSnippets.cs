using Workbook.Tensors;
using static Workbook.Tests.Tensors.TensorFlow.SnippetValues;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>The dtype snippets of tf-ops.json in C#, by id; each returns what the Python snippet calls <c>result</c>.</summary>
/// <remarks>A C# number stands for a Python number, a C# array for a NumPy array.</remarks>
static class DTypeSnippets
{
    public static Dictionary<string, Func<object?>> All { get; } = new()
    {
        ["float32+python-float"] = () => Floats(1.5f) + 0.1,
        ["float32+python-int"] = () => Floats(1.5f) + 1,
        ["python-float*float32"] = () => 2.0 * Floats(1.5f),
        ["float64+python-float"] = () => Doubles(1.5) + 0.1,
        ["float32+float64"] = () => Floats(1.5f) + Doubles(1.5),
        ["float32*float64"] = () => Floats(1.5f) * Doubles(1.5),
        ["matmul-float32-float64"] = () => tf.matmul(tf.ones([2, 2]), tf.ones([2, 2], tf.float64)),
        ["int32+float32"] = () => Ints(1) + Floats(1.5f),
        ["int32+int64"] = () => Ints(1) + Longs(1),
        ["int32+python-float"] = () => Ints(1) + 0.5,
        ["int32*python-int"] = () => Ints(2) * 3,
        ["float32+numpy-float64-scalar"] = () => Floats(1.5f) + 0.1,
        ["float32+numpy-float64-array"] = () => Floats(1.5f) + (Tensor)(double[])[0.1],
        ["numpy-float64-array+float32"] = () => (Tensor)(double[])[0.1] + Floats(1.5f),
        ["constant-int"] = () => tf.constant((int[])[1, 2]),
        ["constant-float"] = () => tf.constant((float[])[1, 2]),
        ["constant-mixed"] = () => tf.constant((float[])[1, 2.5f]),
        ["constant-numpy-float64"] = () => tf.constant((double[])[1.0]),
        ["constant-big-int"] = () => tf.constant(1L << 31),
        ["constant-bool"] = () => tf.constant((bool[])[true, false]),
        ["constant-overflow"] = () => tf.constant(1e40),
        ["variable-default"] = () => tf.Variable(1.0),
        ["int32/int32"] = () => Ints(7) / Ints(2),
        ["int64//int64"] = () => tf.math.floordiv(Longs(-7), 2),
        ["int32%int32"] = () => Ints(-7) % 3,
        ["float%negative"] = () => Floats(7.5f, -7.5f) % -2.0,
        ["bool+bool"] = () => Bools(true) + Bools(true),
        ["sqrt-int"] = () => tf.sqrt(Ints(4)),
        ["exp-int"] = () => tf.exp(Ints(1)),
        ["reduce_mean-int"] = () => tf.reduce_mean(Ints(1, 2)),
        ["reduce_mean-bool"] = () => tf.reduce_mean(Bools(true, false)),
        ["argmax-dtype"] = () => tf.argmax(Floats(1, 3)),
        ["top_k-indices-dtype"] = () => tf.math.top_k(Floats(1, 3), 1) is var (values, indices) ? List(values, indices) : null,
        ["size-shape-dtype"] = () => List(tf.size(tf.zeros([2, 3])), tf.shape(tf.zeros([2, 3]))),
        ["where-single-arg"] = () => tf.where(tf.constant(new[,] { { true, false }, { false, true } })),
        ["range-int"] = () => tf.range(3),
        ["range-float"] = () => tf.range(3.0),
        ["linspace"] = () => tf.linspace(0.0, 1.0, 3),
        ["assign-float64-to-float32-variable"] = () => tf.Variable(Floats(1)).assign(Doubles(0.1)),
        ["assign-python-list"] = () => tf.Variable(Floats(1)).assign((float[])[0.1f]),
        ["where-dtype-mismatch"] = () => tf.where(Bools(true), Floats(1), Ints(1)),
        ["concat-dtype-mismatch"] = () => tf.concat([Floats(1), Ints(1)], 0),
        ["pow-python-exponent"] = () => tf.pow(Floats(2), 3),
        ["pow-int-python-float"] = () => tf.pow(Ints(2), 0.5),
        ["maximum-python-scalar"] = () => tf.maximum(Floats(1, -1), 0),
        ["greater-dtype"] = () => Floats(1) > 0,
        ["equal-dtype-mismatch"] = () => tf.equal(Floats(1), Ints(1)),
        ["one_hot-default-dtype"] = () => tf.one_hot(Ints(1), 2),
        ["cast-same-dtype"] = () => Floats(1) is var x && ReferenceEquals(tf.cast(x, tf.float32), x),
        ["round-dtype"] = () => tf.round(Floats(0.5f, 1.5f, 2.5f)),
        ["zeros_like-dtype"] = () => tf.zeros_like(Doubles(1)),
        ["reduce_sum-float32-axis-tensor"] = () => tf.reduce_sum(tf.ones([2, 3]), axis: Ints(0, 1).ToArray<int>()),
    };
}
