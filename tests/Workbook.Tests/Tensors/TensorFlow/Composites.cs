using Workbook.Tensors;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>The composite cases of tf-ops.json in C#, by id without the dtype.</summary>
static class Composites
{
    public static Dictionary<string, Func<Tensor[], Tensor>> All { get; } = new()
    {
        ["where/nan-trap-sqrt"] = x => tf.where(x[0] > 0, tf.sqrt(x[0]), tf.zeros_like(x[0])),
        ["where/nan-trap-rsqrt"] = x => tf.where(x[0] > 0, tf.math.rsqrt(x[0]), tf.zeros_like(x[0])),
        ["where/nan-trap-reciprocal"] = x => tf.where(x[0] > 0, tf.math.reciprocal(x[0]), tf.zeros_like(x[0])),
        ["where/nan-trap-pow"] = x => tf.where(x[0] > 0, tf.pow(x[0], 0.5), tf.zeros_like(x[0])),
        ["where/nan-trap-asin"] = x => tf.where(tf.abs(x[0]) < 1, tf.asin(x[0]), tf.zeros_like(x[0])),
        ["where/nan-trap-div"] = x => tf.where(tf.not_equal(x[1], 0), x[0] / x[1], tf.zeros_like(x[0])),
        ["where/nan-trap-log"] = x => tf.where(x[0] > 0, tf.math.log(x[0]), -x[0]),
        ["where/double-where-sqrt"] = x => tf.where(x[0] > 0, tf.sqrt(tf.where(x[0] > 0, x[0], tf.ones_like(x[0]))), tf.zeros_like(x[0])),
        ["where/double-where-log"] = x => tf.where(x[0] > 0, tf.math.log(tf.where(x[0] > 0, x[0], tf.ones_like(x[0]))), -x[0]),
        ["composite/x^3"] = x => x[0] * x[0] * x[0],
        ["composite/dense-layer"] = x => tf.tanh(tf.matmul(x[0], x[1]) + x[2]),
        ["composite/layer-norm"] = x => (x[0] - tf.reduce_mean(x[0], -1, keepdims: true))
            * tf.math.rsqrt(tf.math.reduce_variance(x[0], -1, keepdims: true) + 1e-5) * x[1] + x[2],
        ["composite/attention"] = x => tf.matmul(tf.nn.softmax(tf.matmul(x[0], x[1], transpose_b: true) / 2.0), x[2]),
        ["composite/gaussian-logpdf"] = x => -0.5 * tf.reduce_sum(tf.square(tf.linalg.triangular_solve(tf.linalg.cholesky(x[0]), x[1])))
            - tf.reduce_sum(tf.math.log(tf.linalg.diag_part(tf.linalg.cholesky(x[0])))),
        ["composite/reused-input"] = x => tf.matmul(x[0], x[0], transpose_b: true) * x[0][.., ..1]
            + tf.gather(x[0], (int[])[0, 0, 1])[..2, 1..2],
        ["composite/quadratic-form"] = x => tf.tensordot(x[0], tf.linalg.matvec(x[1], x[0]), 1),
        ["composite/log-sum-exp-naive"] = x => tf.math.log(tf.reduce_sum(tf.exp(x[0]))),
    };

    /// <summary>The id of a case without its dtype.</summary>
    public static string Name(string id) => id[..id.LastIndexOf('/')];

    public static Tensor[] Call(string id, Tensor[] inputs) =>
        All.TryGetValue(Name(id), out var f) ? [f(inputs)] : throw new NotSupportedException($"No C# for composite case '{id}'.");
}
