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
        ("negative", x => -x), ("abs", x => tf.abs(x)), ("square", x => tf.square(x)), ("sqrt", x => tf.sqrt(x)),
            ("rsqrt", x => tf.rsqrt(x)), ("reciprocal", x => tf.math.reciprocal(x)),
        ("exp", x => tf.exp(x)), ("log", x => tf.log(x)), ("sigmoid", x => tf.sigmoid(x)), ("tanh", x => tf.tanh(x)),
            ("softplus", x => tf.math.softplus(x)), ("erf", x => tf.math.erf(x)),
        ("relu", x => tf.nn.relu(x)), ("gelu", x => tf.nn.gelu(x)), ("sin", x => tf.sin(x)), ("floor", x => tf.floor(x)),
            ("round", x => tf.round(x)),
        ("less", x => tf.cast(x < 1, x.dtype)), ("where", x => tf.where(x < 1, x, -x)),
            ("cast", x => tf.cast(tf.cast(x, tf.int32), x.dtype)),
    ];

    static readonly (string Name, Func<Tensor, Tensor, Tensor> Call)[] Binary =
    [
        ("add", (a, b) => a + b), ("subtract", (a, b) => a - b), ("multiply", (a, b) => a * b), ("divide", (a, b) => a / b),
            ("pow", (a, b) => tf.pow(a, b)),
        ("maximum", (a, b) => tf.maximum(a, b)), ("minimum", (a, b) => tf.minimum(a, b)), ("atan2", (a, b) => tf.atan2(a, b)),
            ("floormod", (a, b) => a % b), ("squared_difference", (a, b) => tf.squared_difference(a, b)),
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
    [Trait("speed", "slow")]
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

    /// <summary>A few units in the last place: vector and scalar functions round differently.</summary>
    static double Last(DType dtype) => dtype == DType.Float32 ? 1e-6 : 1e-14;

    static Tensor[] Draw(int seed, DType dtype, int a, int b) =>
        Array.ConvertAll(new Samples($"kernel {seed}").Inputs((a, new(0.3, 3, 1)), (b, new(0.3, 3, 1))), x => tf.cast(x, dtype));
}
