using Workbook.Tensors;
using static Workbook.Tests.Tensors.Ops.OpRow;

namespace Workbook.Tests.Tensors.Ops;

static partial class OpTable
{
    static OpRow[] Networks =>
    [
        Unary("relu", x => tf.nn.relu(x), NotZero),
        Shaped("dense", Real,
            (x => [tf.nn.dense(x[0], x[1], x[2])], [(2, 3), (3, 4), 4]),
            (x => [tf.nn.dense(x[0], x[1], x[2], relu: true)], [(2, 2, 3), (3, 4), 4]),
            (x => [tf.nn.dense(x[0], x[1], x[2], relu: true)], [(5, 1), (1, 9), 9]),
            (x => [tf.nn.dense(x[0], x[1], x[2])], [(0, 3), (3, 2), 2])),
        Unary("relu6", x => tf.nn.relu6(x), new(-3, 9, 0, 6)),
        Binary("leaky_relu", (x, alpha) => tf.nn.leaky_relu(x, alpha), NotZero, Positive),
        Binary("elu", (x, alpha) => tf.nn.elu(x, alpha), NotZero, Positive),
        Unary("selu", x => tf.nn.selu(x), NotZero),
        Unary("gelu", x => tf.nn.gelu(x) + tf.nn.gelu(x, approximate: true), Real, 0, -8, 8),
        Binary("silu", (x, beta) => tf.nn.silu(x, beta), Real, Positive),
        Binary("swish", (x, beta) => tf.nn.swish(x, beta), Real, Positive),
        Shaped("softmax", Real, Along(tf.nn.softmax)),
        Shaped("log_softmax", Real, Along(tf.nn.log_softmax)),
        Shaped("softmax_cross_entropy_with_logits", Real,
            (x => [tf.nn.softmax_cross_entropy_with_logits(x[0], x[1])], [(2, 3), (2, 3)]),
            (x => [tf.nn.softmax_cross_entropy_with_logits(x[0], x[1], axis: 0)], [(3, 2), (3, 2)]),
            (x => [tf.nn.softmax_cross_entropy_with_logits(x[0], x[1])], [3, (2, 3)]),
            (x => [tf.nn.softmax_cross_entropy_with_logits(x[0], x[1])], [(0, 3), (0, 3)])),
        Shaped("sparse_softmax_cross_entropy_with_logits", Real,
            (x => [tf.nn.sparse_softmax_cross_entropy_with_logits(new[] { 2, 0 }, x[0])], [(2, 3)]),
            (x => [tf.nn.sparse_softmax_cross_entropy_with_logits(new[,] { { 1, 0 }, { 0, 1 } }, x[0])], [(2, 2, 2)])),
        Binary("sigmoid_cross_entropy_with_logits",
            (z, x) => z + x is var s ? tf.nn.sigmoid_cross_entropy_with_logits(tf.broadcast_to(z, s.shape), tf.broadcast_to(x, s.shape))
                : s, Real, Real),
        Shaped("l2_loss", Real, (x => [tf.nn.l2_loss(x[0])], [(2, 3)]), (x => [tf.nn.l2_loss(x[0])], [(0, 3)])),
        Shaped("l2_normalize", Real, (x => [tf.nn.l2_normalize(x[0], axis: -1)], [(2, 3)]), (x => [tf.nn.l2_normalize(x[0])], [(2, 3)])),
        Shaped("moments", Real, (x => tf.nn.moments(x[0], 1) is var (mean, variance) ? [mean, variance] : [], [(2, 3)])),
        Shaped("embedding_lookup", Real, (x => [tf.nn.embedding_lookup(x[0], new[,] { { 1, 0 }, { 1, 1 } })], [(3, 2)])),
    ];

    /// <summary>Along the last axis, the first, one in the middle, one of length 1, and in no rows.</summary>
    static (Func<Tensor[], Tensor[]>, Shape[])[] Along(Func<Operand, int, Tensor> op) =>
    [
        (x => [op(x[0], -1)], [(2, 4)]),
        (x => [op(x[0], 0)], [(3, 2)]),
        (x => [op(x[0], 1)], [(2, 3, 2)]),
        (x => [op(x[0], -1)], [(2, 1)]),
        (x => [op(x[0], -1)], [(0, 3)]),
        (x => [op(x[0], -1)], [(3, 11)]),
    ];
}
