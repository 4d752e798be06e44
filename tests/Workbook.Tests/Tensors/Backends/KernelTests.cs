using CsCheck;
using Workbook.Tensors;
using Workbook.Tests.Tensors.Ops;
using Xunit;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>A kernel gives the same whether it works on whole vectors, on the rest of one, or on a single element.</summary>
public class KernelTests
{
    static readonly Gen<int> Length = Gen.Int[0, 70];

    static readonly (string Name, Func<Tensor, Tensor> Call)[] Unary =
    [
        ("negative", x => -x), ("abs", x => tf.abs(x)), ("square", x => tf.square(x)), ("sqrt", x => tf.sqrt(x)), ("rsqrt", x => tf.rsqrt(x)), ("reciprocal", x => tf.math.reciprocal(x)),
        ("exp", x => tf.exp(x)), ("log", x => tf.log(x)), ("sigmoid", x => tf.sigmoid(x)), ("tanh", x => tf.tanh(x)), ("softplus", x => tf.math.softplus(x)), ("erf", x => tf.math.erf(x)),
        ("relu", x => tf.nn.relu(x)), ("gelu", x => tf.nn.gelu(x)), ("sin", x => tf.sin(x)), ("floor", x => tf.floor(x)), ("round", x => tf.round(x)),
        ("less", x => tf.cast(x < 1, x.dtype)), ("where", x => tf.where(x < 1, x, -x)), ("cast", x => tf.cast(tf.cast(x, tf.int32), x.dtype)),
    ];

    static readonly (string Name, Func<Tensor, Tensor, Tensor> Call)[] Binary =
    [
        ("add", (a, b) => a + b), ("subtract", (a, b) => a - b), ("multiply", (a, b) => a * b), ("divide", (a, b) => a / b), ("pow", (a, b) => tf.pow(a, b)),
        ("maximum", (a, b) => tf.maximum(a, b)), ("minimum", (a, b) => tf.minimum(a, b)), ("atan2", (a, b) => tf.atan2(a, b)), ("floormod", (a, b) => a % b), ("squared_difference", (a, b) => tf.squared_difference(a, b)),
    ];

    public static TheoryData<DType> Floating => [DType.Float32, DType.Float64];

    [Theory]
    [MemberData(nameof(Floating))]
    public void An_elementwise_op_treats_each_element_alone(DType dtype) =>
        Gen.Select(Gen.OneOf(Unary), Length, Gen.Int).Sample((op, n, seed) =>
        {
            var x = Draw(seed, dtype, n, n)[0];
            var alone = tf.concat([tf.zeros(0, dtype), .. Enumerable.Range(0, n).Select(i => op.Call(x[i..(i + 1)]))], 0);
            Arrays.Near(alone, op.Call(x), Last(dtype));
        }, iter: 100);

    [Theory]
    [MemberData(nameof(Floating))]
    public void An_op_of_two_treats_each_pair_alone_and_a_scalar_as_many(DType dtype) =>
        Gen.Select(Gen.OneOf(Binary), Length, Gen.Int).Sample((op, n, seed) =>
        {
            if (Draw(seed, dtype, n, n) is not [var a, var b]) return;
            Tensor Alone(Func<int, Tensor> call) => tf.concat([tf.zeros(0, dtype), .. Enumerable.Range(0, n).Select(call)], 0);
            var s = Draw(seed, dtype, 1, 1)[0][0];
            Arrays.Near(Alone(i => op.Call(a[i..(i + 1)], b[i..(i + 1)])), op.Call(a, b), Last(dtype));
            Arrays.Near(Alone(i => op.Call(a[i..(i + 1)], s)), op.Call(a, s), Last(dtype));
            Arrays.Near(Alone(i => op.Call(s, b[i..(i + 1)])), op.Call(s, b), Last(dtype));
        }, iter: 100);

    [Theory]
    [MemberData(nameof(Floating))]
    public void A_matrix_product_is_the_sum_of_products_at_any_size(DType dtype) =>
        Gen.Select(Length, Length, Length, Gen.Bool, Gen.Bool, Gen.Int).Sample((m, k, n, transposeA, transposeB, seed) =>
        {
            var a = Draw(seed, dtype, m * k, 0)[0];
            var b = Draw(seed + 1, dtype, k * n, 0)[0];
            (a, b) = (tf.reshape(a, transposeA ? (k, m) : (m, k)), tf.reshape(b, transposeB ? (n, k) : (k, n)));
            double[] x = a.ToArray<double>(), y = b.ToArray<double>();
            var product = new double[m * n];
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++)
                    for (var l = 0; l < k; l++) product[i * n + j] += x[transposeA ? l * m + i : i * k + l] * y[transposeB ? j * k + l : l * n + j];
            Arrays.Near(Tensor.FromSpan<double>(product, (m, n)), tf.matmul(a, b, transposeA, transposeB), dtype == DType.Float32 ? 1e-5 : 1e-13);
        }, iter: 60);

    [Theory]
    [MemberData(nameof(Floating))]
    public void A_row_gives_the_same_softmax_at_any_length(DType dtype) =>
        Gen.Select(Gen.Int[1, 70], Gen.Int).Sample((n, seed) =>
        {
            var x = Draw(seed, dtype, 3 * n, 0)[0];
            var rows = tf.reshape(x, (3, n));
            var e = tf.exp(rows - tf.reduce_max(rows, -1, keepdims: true));
            var plain = e / tf.reduce_sum(e, -1, keepdims: true);
            Arrays.Near(plain, tf.nn.softmax(rows), 10 * Last(dtype));
            Arrays.Near(tf.log(plain), tf.nn.log_softmax(rows), 10 * Last(dtype));
        }, iter: 60);

    [Fact]
    public void A_dense_layer_in_one_pass_is_its_composition() =>
        Gen.Select(Length, Length, Length, Gen.Bool, Gen.Int).Sample((m, n, units, relu, seed) =>
        {
            var samples = new Samples($"dense {seed}");
            Tensor[] inputs = [samples.Weights((m, n)), samples.Weights((n, units)), samples.Weights(units)];
            Tensor?[] weights = [samples.Weights((m, units))], tangents = [.. inputs.Select(x => samples.Weights(x.shape))];
            var fused = Derivatives.Of(x => [tf.nn.dense(x[0], x[1], x[2], relu)], inputs, weights, tangents);
            var plain = Derivatives.Of(x => [tf.matmul(x[0], x[1]) + x[2] is var y && relu ? tf.nn.relu(y) : y], inputs, weights, tangents);
            foreach (var (expected, received) in plain.Outputs.Concat(plain.First).Concat(plain.Second).Zip(fused.Outputs.Concat(fused.First).Concat(fused.Second)))
                Arrays.Near(expected, received);
        }, iter: 30);

    /// <summary>A few units in the last place: vector and scalar functions round differently.</summary>
    static double Last(DType dtype) => dtype == DType.Float32 ? 1e-6 : 1e-14;

    static Tensor[] Draw(int seed, DType dtype, int a, int b) =>
        Array.ConvertAll(new Samples($"kernel {seed}").Inputs((a, new(0.3, 3, 1)), (b, new(0.3, 3, 1))), x => tf.cast(x, dtype));
}
