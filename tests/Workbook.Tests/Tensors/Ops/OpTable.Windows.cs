using Workbook.Tensors;
using static Workbook.Tests.Tensors.Ops.OpRow;

namespace Workbook.Tests.Tensors.Ops;

static partial class OpTable
{
    static OpRow[] Windows =>
    [
        Shaped("conv2d", Real,
            (x => [tf.nn.conv2d(x[0], x[1])], [(2, 4, 5, 3), (2, 3, 3, 2)]),
            (x => [tf.nn.conv2d(x[0], x[1], strides: (2, 1), padding: "SAME")], [(1, 5, 4, 2), (3, 2, 2, 3)]),
            (x => [tf.nn.conv2d(x[0], x[1], padding: "SAME", dilations: (1, 2))], [(1, 3, 5, 1), (2, 2, 1, 2)]),
            (x => [tf.nn.conv2d(x[0], x[1])], [(1, 3, 3, 4), (2, 2, 2, 4)]),
            (x => [tf.nn.conv2d(x[0], x[1])], [(2, 3, 2, 3), (1, 1, 3, 2)]),
            (x => [tf.nn.conv2d(x[0], x[1], padding: "SAME")], [(1, 2, 6, 1), (2, 3, 1, 2)]),
            (x => [tf.nn.conv2d(x[0], x[1])], [(0, 3, 3, 1), (2, 2, 1, 2)])),
        Shaped("conv1d", Real,
            (x => [tf.nn.conv1d(x[0], x[1], stride: 2)], [(2, 5, 2), (2, 2, 3)]),
            (x => [tf.nn.conv1d(x[0], x[1], padding: "CAUSAL", dilations: 2)], [(1, 5, 2), (3, 1, 2)]),
            (x => [tf.nn.conv1d(x[0], x[1], padding: "SAME")], [(1, 6, 1), (4, 1, 2)])),
        Shaped("depthwise_conv2d", Real,
            (x => [tf.nn.depthwise_conv2d(x[0], x[1], padding: "SAME")], [(1, 3, 4, 3), (2, 2, 3, 1)]),
            (x => [tf.nn.depthwise_conv2d(x[0], x[1], strides: 2)], [(1, 5, 4, 2), (2, 2, 2, 2)])),
        Shaped("separable_conv2d", Real,
            (x => [tf.nn.separable_conv2d(x[0], x[1], x[2], padding: "SAME")], [(1, 3, 3, 2), (2, 2, 2, 2), (1, 1, 4, 2)])),
        Shaped("conv2d_transpose", Real,
            (x => [tf.nn.conv2d_transpose(x[0], x[1], (1, 5, 4, 2), strides: 2)], [(1, 3, 2, 3), (3, 2, 2, 3)]),
            (x => [tf.nn.conv2d_transpose(x[0], x[1], (2, 3, 4, 1), padding: "VALID")], [(2, 2, 3, 2), (2, 2, 1, 2)])),
        Shaped("max_pool2d", Real,
            (x => [tf.nn.max_pool2d(x[0], 2)], [(2, 4, 5, 3)]),
            (x => [tf.nn.max_pool2d(x[0], (3, 2), strides: 1, padding: "SAME")], [(1, 4, 3, 2)]),
            (x => [tf.nn.max_pool2d(x[0], 2)], [(1, 4, 2, 20)])),
        Shaped("max_pool1d", Real, (x => [tf.nn.max_pool1d(x[0], 3, strides: 2, padding: "SAME")], [(2, 6, 2)])),
        Shaped("avg_pool2d", Real,
            (x => [tf.nn.avg_pool2d(x[0], (2, 3))], [(2, 4, 6, 2)]),
            (x => [tf.nn.avg_pool2d(x[0], 3, strides: (1, 2), padding: "SAME")], [(1, 4, 5, 2)])),
        Shaped("avg_pool1d", Real, (x => [tf.nn.avg_pool1d(x[0], 2, strides: 1, padding: "SAME")], [(2, 5, 3)])),
    ];
}
