using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Notebooks;

/// <summary>The derivatives that the notebooks rest on, beside central differences.</summary>
public class SlopesTests
{
    static readonly Tensor At = tf.constant(new[,] { { 0.6, 1.3, 0.9 }, { 1.7, 0.8, 1.1 }, { 0.4, 1.2, 2.1 } });

    static readonly Tensor Mix = tf.constant(new[,] { { 0.3, -0.8, 0.5 }, { 1.1, 0.2, -0.4 }, { -0.6, 0.7, 1 } });

    static readonly Tensor Truth = tf.eye(3, dtype: tf.float64);

    static readonly (string Name, Func<Tensor, Tensor> F)[] Operations =
    [
        ("add", t => t + Mix), ("subtract", t => Mix - t), ("multiply", t => t * Mix * t),
        ("divide", t => Mix / t), ("pow by the base", t => tf.pow(t, 1.7)),
        ("pow by the exponent", t => tf.pow(1.7, t)), ("exp", t => tf.exp(t)),
        ("log", t => tf.log(t)), ("square", t => tf.square(t)), ("sqrt", t => tf.sqrt(t)),
        ("abs", t => tf.abs(t - 1)), ("maximum", t => tf.maximum(t, 1.0)),
        ("sigmoid", t => tf.sigmoid(t)), ("softplus", t => tf.softplus(t)),
        ("tanh", t => tf.tanh(t)), ("relu", t => tf.nn.relu(t - 1)),
        ("negative", t => -Mix * t), ("log1p", t => tf.math.log1p(t)),
        ("expm1", t => tf.expm1(t)), ("sin", t => tf.sin(t)), ("cos", t => tf.cos(t)),
        ("minimum", t => tf.minimum(t, 1.0)), ("log_sigmoid", t => tf.log_sigmoid(t)),
        ("clip_by_value", t => tf.clip_by_value(t, 0.5, 1.25)),
        ("where", t => tf.where(tf.greater(t, 1.0), tf.square(t), Mix * t)),
        ("softmax", t => tf.nn.softmax(t)), ("log_softmax", t => tf.nn.log_softmax(t)),
        ("matmul", t => tf.matmul(t, Mix)), ("gather", t => tf.gather(t, new[] { 2, 0, 2 })),
        ("reduce_mean", t => tf.reduce_mean(t, axis: 0) * Mix),
        ("reduce_variance", t => tf.math.reduce_variance(t) * Mix),
        ("reduce_std", t => tf.math.reduce_std(t) * Mix), ("norm", t => tf.norm(t) * Mix),
        ("reduce_sum", t => tf.reduce_sum(t, axis: 1) * Mix),
        ("reduce_max", t => tf.reduce_max(t, axis: 1) * Mix),
        ("reduce_min", t => tf.reduce_min(t, axis: 0) * Mix),
        ("cumsum", t => tf.cumsum(t, axis: 0)), ("transpose", t => tf.transpose(t) * Mix),
        ("reshape", t => Mix * tf.reshape(t, (3, 3))), ("slice", t => t[1..3, ..2]),
        ("expand_dims, squeeze", t => Mix * tf.squeeze(tf.expand_dims(t, 1), 1)),
        ("broadcast_to", t => Mix * tf.broadcast_to(t[1], (3, 3))),
        ("concat", t => tf.concat([t, Mix * t], axis: 0)),
        ("add_n", t => tf.add_n([t, Mix, t])), ("stack", t => tf.stack([t[0], t[2], t[0]])),
        ("matvec", t => tf.linalg.matvec(t, Mix[0])),
        ("diag", t => tf.linalg.diag(t[0]) + Mix),
        ("diag_part", t => tf.linalg.diag_part(t) * Mix),
        ("trace", t => tf.linalg.trace(t) * Mix),
        ("triangular_solve",
         t => tf.linalg.triangular_solve(tf.linalg.cholesky(Definite(t)), Mix)),
        ("cholesky_solve",
         t => tf.linalg.cholesky_solve(tf.linalg.cholesky(Definite(t)), Mix)),
        ("solve", t => tf.linalg.solve(Definite(t), Mix)),
        ("cholesky", t => tf.linalg.cholesky(Definite(t))),
        ("inv", t => tf.linalg.inv(Definite(t))),
        ("mean_squared_error", t => losses.mean_squared_error(Mix, t)),
        ("categorical_crossentropy",
         t => losses.categorical_crossentropy(Truth, tf.nn.softmax(t))),
        ("sparse_softmax_cross_entropy_with_logits",
         t => tf.nn.sparse_softmax_cross_entropy_with_logits(new[] { 0, 2, 1 }, t)),
    ];

    public static TheoryData<string> Names => [.. Operations.Select(o => o.Name)];

    [Fact]
    public void There_are_as_many_operations_as_notebook_00_says() =>
        Assert.Contains($"{Operations.Length} operations", File.ReadAllText(Repository.File(
            "notebooks/00-three-snippets-three-surprises.dib")), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_slope_of_an_operation_is_that_of_central_differences(string name)
    {
        var f = Operations.Single(o => o.Name == name).F;
        Tensor Total(Tensor t) => tf.reduce_sum(tf.square(f(t)));
        var v = tf.Variable(At);
        using var tape = tf.GradientTape();
        var gradient = tape.gradient(Total(v), v).ToArray<double>();
        double Central(int i)
        {
            var nudge = 1e-5 * tf.reshape(tf.one_hot(i, 9, dtype: tf.float64), (3, 3));
            return (Total(At + nudge) - Total(At - nudge)).Item<double>() / 2e-5;
        }
        var largest = gradient.Max(Math.Abs);
        Assert.All(gradient.Index(), g => Assert.Equal(Central(g.Index) / largest, g.Item / largest, 1e-6));
    }

    static Tensor Definite(Tensor t) => tf.matmul(t, t, transpose_a: true) + tf.eye(3, dtype: tf.float64);
}
