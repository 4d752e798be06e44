using Workbook.Tensors;
using static Workbook.Tests.Tensors.Ops.OpRow;

namespace Workbook.Tests.Tensors.Ops;

static partial class OpTable
{
    static OpRow[] Matrices =>
    [
        Shaped("matmul", Real,
            (x => [tf.matmul(x[0], x[1])], [(2, 3), (3, 4)]),
            (x => [tf.matmul(x[0], x[1], transpose_a: true)], [(3, 2), (2, 3, 4)]),
            (x => [tf.matmul(x[0], x[1], transpose_b: true)], [(2, 1, 2, 3), (2, 4, 3)]),
            (x => [tf.matmul(x[0], x[1], transpose_a: true, transpose_b: true)], [(3, 2), (4, 3)]),
            (x => [tf.matmul(x[0], x[1])], [(1, 1), (1, 1)]),
            (x => [tf.matmul(x[0], x[1])], [(2, 0), (0, 3)]),
            (x => [tf.matmul(x[0], x[1])], [(0, 2), (2, 3)]),
            (x => [tf.matmul(x[0], x[1])], [(5, 7), (7, 9)])),
    ];
}
