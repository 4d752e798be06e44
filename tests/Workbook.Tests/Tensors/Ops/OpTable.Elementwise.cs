using Workbook.Tensors;
using static Workbook.Tests.Tensors.Ops.OpRow;

namespace Workbook.Tests.Tensors.Ops;

static partial class OpTable
{
    static OpRow[] Elementwise =>
    [
        Unary("negative", x => tf.negative(x), Real),
        Unary("abs", x => tf.abs(x), NotZero),
        Unary("square", x => tf.square(x), Real, 0),
        Unary("sqrt", x => tf.sqrt(x), Positive),
        Unary("rsqrt", x => tf.rsqrt(x), Positive),
        Unary("reciprocal", x => tf.math.reciprocal(x), Positive),
        Unary("exp", x => tf.exp(x), new(-2, 2), 0, -50),
        Unary("expm1", x => tf.math.expm1(x), new(-2, 2), 0, 1e-8, -50),
        Unary("log", x => tf.math.log(x), Positive, 1),
        Unary("log1p", x => tf.math.log1p(x), new(-0.7, 3), 0, 1e-8),
        Unary("log_sigmoid", x => tf.math.log_sigmoid(x), Real, 0, -30, 30),
        Unary("sigmoid", x => tf.sigmoid(x), Real, 0, -30, 30),
        Unary("softplus", x => tf.math.softplus(x), Real, 0, -30, 30),
        Unary("softsign", x => tf.math.softsign(x), NotZero),
        Unary("sin", x => tf.sin(x), Real, 0),
        Unary("cos", x => tf.cos(x), Real, 0),
        Unary("tan", x => tf.tan(x), new(-1.2, 1.2), 0),
        Unary("asin", x => tf.asin(x), new(-0.8, 0.8), 0),
        Unary("acos", x => tf.acos(x), new(-0.8, 0.8), 0),
        Unary("atan", x => tf.atan(x), Real, 0),
        Unary("sinh", x => tf.sinh(x), Real, 0),
        Unary("cosh", x => tf.cosh(x), Real, 0),
        Unary("tanh", x => tf.tanh(x), Real, 0, -20, 20),
        Unary("asinh", x => tf.asinh(x), Real, 0),
        Unary("acosh", x => tf.acosh(x), new(1.3, 4)),
        Unary("atanh", x => tf.atanh(x), new(-0.8, 0.8), 0),
        Unary("erf", x => tf.math.erf(x), Real, 0),
        Unary("erfc", x => tf.math.erfc(x), Real, 0),
#if LINALG
        Unary("lgamma", x => tf.math.lgamma(x), Positive, 1, 2, 50, -0.5, -2.5),
        Unary("digamma", x => tf.math.digamma(x), Positive, 1, 2, 50, -0.5, -2.5),
#endif
        Unary("identity", x => tf.identity(x), Real),
        Unary("cast", x => tf.cast(tf.cast(x, tf.float64), tf.float64), Real),
        Binary("add", (a, b) => a + b, Real, Real),
        Binary("subtract", (a, b) => a - b, Real, Real),
        Binary("multiply", (a, b) => a * b, Real, Real),
        Binary("divide", (a, b) => a / b, Real, Positive),
        Binary("truediv", (a, b) => tf.truediv(a, b), Real, Positive),
        Binary("divide_no_nan", (a, b) => tf.math.divide_no_nan(a, b), Real, Positive),
        Binary("multiply_no_nan", (a, b) => tf.math.multiply_no_nan(a, b), Real, NotZero),
        Binary("floormod", (a, b) => tf.math.floormod(a, b), new(-1.4, -0.2), new(1.6, 2.4)),
        Binary("truncatemod", (a, b) => tf.truncatemod(a, b), new(4.2, 5), new(1.8, 2.05)),
        Binary("maximum", (a, b) => tf.maximum(a, b), Real, Real),
        Binary("minimum", (a, b) => tf.minimum(a, b), Real, Real),
        Binary("squared_difference", (a, b) => tf.math.squared_difference(a, b), Real, Real),
        Binary("atan2", (a, b) => tf.atan2(a, b), NotZero, Positive),
        Binary("pow", (a, b) => tf.pow(a, b), Positive, Real),
        Binary("signed_pow", (a, b) => tf.signed_pow(a, b), new(-3, -0.3), Real),
        Binary("straight_through", (a, b) => tf.straight_through(tf.stop_gradient(a + b), a + b), Real, Real),
        Shaped("clip_by_value", Real,
            (x => [tf.clip_by_value(x[0], x[1], x[2] + 6)], [(2, 3), Shape.Scalar, 3]),
            (x => [tf.clip_by_value(x[0], -1, 1)], [(3, 5)])),
        Shaped("where", Real,
            (x => [tf.where(Mask, x[0], x[1])], [(2, 3), (2, 3)]),
            (x => [tf.where(Mask, x[0], x[1])], [3, (2, 1)]),
            (x => [tf.where(tf.constant(true), x[0], x[1])], [(0, 3), Shape.Scalar])),
        Shaped("add_n", Real, (x => [tf.add_n(x)], [(2, 3), (2, 3), (2, 3)])),
    ];

    static Tensor Mask => new[,] { { true, false, true }, { false, false, true } };

    static OpRow[] Reductions =>
    [
        Reduction("reduce_sum", (x, axis, keep) => tf.reduce_sum(x, axis, keep), Real),
        Reduction("reduce_mean", (x, axis, keep) => tf.reduce_mean(x, axis, keep), Real),
        Reduction("reduce_max", (x, axis, keep) => tf.reduce_max(x, axis, keep), Real),
        Reduction("reduce_min", (x, axis, keep) => tf.reduce_min(x, axis, keep), Real),
        Reduction("reduce_prod", (x, axis, keep) => tf.reduce_prod(x, axis, keep), Real),
        Reduction("reduce_logsumexp", (x, axis, keep) => tf.reduce_logsumexp(x, axis, keep), Real),
        Reduction("reduce_variance", (x, axis, keep) => tf.math.reduce_variance(x, axis, keep), Real),
        Reduction("reduce_std", (x, axis, keep) => tf.math.reduce_std(x, axis, keep), Real, single: false),
        Shaped("cumsum", Real,
            (x => [tf.cumsum(x[0])], [(3, 2)]),
            (x => [tf.cumsum(x[0], axis: 1, exclusive: true)], [(2, 3, 2)]),
            (x => [tf.cumsum(x[0], axis: -1, reverse: true)], [(2, 1)]),
            (x => [tf.cumsum(x[0], axis: 1, exclusive: true, reverse: true)], [(2, 0)])),
        Shaped("top_k", Real,
            (x => [tf.math.top_k(x[0], 2).values], [(2, 5)]),
            (x => [tf.math.top_k(x[0], 1).values], [(2, 2, 1)]),
            (x => [tf.math.top_k(x[0], 0).values], [(2, 3)])),
    ];
}
