using Workbook.Tensors;
using static Workbook.Tests.Tensors.Ops.OpRow;

namespace Workbook.Tests.Tensors.Ops;

static partial class OpTable
{
    static OpRow[] Layouts =>
    [
        Shaped("constant", Real, (x => [tf.constant(x[0], shape: (3, 2))], [(2, 3)])),
        Shaped("convert_to_tensor", Real, (x => [tf.convert_to_tensor(x[0])], [(2, 3)])),
        Shaped("fill", Real, (x => [tf.fill((2, 3), x[0])], [Shape.Scalar])),
        Shaped("linspace", Real,
            (x => [tf.linspace(x[0], x[1], 4)], [Shape.Scalar, Shape.Scalar]),
            (x => [tf.linspace(x[0], x[1], 3, axis: -1)], [2, (2, 1)]),
            (x => [tf.linspace(x[0], x[1], 1)], [Shape.Scalar, Shape.Scalar])),
        Shaped("reshape", Real,
            (x => [tf.reshape(x[0], new[] { 3, -1 })], [(2, 3)]),
            (x => [tf.reshape(x[0], Shape.Scalar)], [(1, 1)]),
            (x => [tf.reshape(x[0], (3, 0))], [(0, 2)])),
        Shaped("transpose", Real,
            (x => [tf.transpose(x[0])], [(2, 1, 3)]),
            (x => [tf.transpose(x[0], [1, 2, 0])], [(2, 3, 2)]),
            (x => [tf.transpose(x[0])], [(0, 2)])),
        Shaped("expand_dims", Real, (x => [tf.expand_dims(x[0], -1)], [(2, 3)]), (x => [tf.expand_dims(x[0], 0)], [Shape.Scalar])),
        Shaped("squeeze", Real, (x => [tf.squeeze(x[0])], [(1, 3, 1)]), (x => [tf.squeeze(x[0], axis: -1)], [(1, 3, 1)])),
        Shaped("broadcast_to", Real, (x => [tf.broadcast_to(x[0], (2, 2, 3))], [(2, 1)]),
            (x => [tf.broadcast_to(x[0], (0, 2))], [Shape.Scalar]),
                (x => [tf.broadcast_to(x[0], new([2, 2, 2, 2, 2, 2]))], [new([1, 2, 1, 2, 1, 2])])),
        Shaped("tile", Real, (x => [tf.tile(x[0], [2, 3])], [(2, 1)]), (x => [tf.tile(x[0], [2, 0])], [(2, 1)]),
            (x => [tf.tile(x[0], [2, 3, 2])], [(2, 1, 2)])),
        Shaped("concat", Real, (x => [tf.concat(x, 1)], [(2, 1), (2, 2), (2, 0)]), (x => [tf.concat(x, 0)], [(1, 2), (3, 2)])),
        Shaped("stack", Real, (x => [tf.stack(x, axis: 1)], [(2, 2), (2, 2)]), (x => [tf.stack(x)], [Shape.Scalar, Shape.Scalar])),
        Shaped("unstack", Real, (x => tf.unstack(x[0], axis: 1), [(2, 3)]), (x => tf.unstack(x[0], axis: -2), [(2, 2, 2)])),
        Shaped("split", Real, (x => tf.split(x[0], 2, axis: 1), [(2, 4)]), (x => tf.split(x[0], [1, 0, -1], axis: 0), [(4, 2)])),
        Shaped("pad", Real,
            (x => [tf.pad(x[0], new[,] { { 1, 0 }, { 0, 2 } }, constant_values: 0.5)], [(2, 2)]),
            (x => [tf.pad(x[0], new[,] { { 1, 0 }, { 2, 1 } }, "REFLECT")], [(2, 3)]),
            (x => [tf.pad(x[0], new[,] { { 1, 2 }, { 3, 1 } }, "SYMMETRIC")], [(2, 3)])),
        Shaped("reverse", Real, (x => [tf.reverse(x[0], [0, -1])], [(2, 3)])),
        Shaped("slice", Real, (x => [tf.slice(x[0], [0, 1], [2, -1])], [(3, 4)]), (x => [tf.slice(x[0], [1, 0], [0, 2])], [(3, 4)])),
        Shaped("strided_slice", Real,
            (x => [tf.strided_slice(x[0], [0, 3], [3, 0], [2, -2])], [(3, 4)]),
            (x => [x[0][1], x[0][.., ^1], x[0][TensorIndex.NewAxis, 1.., TensorIndex.Ellipsis]], [(3, 4)])),
        Shaped("gather", Real,
            (x => [tf.gather(x[0], new[] { 2, 0, 2, 2 })], [(3, 2)]),
            (x => [tf.gather(x[0], new[,] { { 0, 2 }, { 2, 2 } }, axis: -1)], [(2, 3)]),
            (x => [tf.gather(x[0], new[,] { { 0, 0 }, { 2, 1 } }, axis: 1, batch_dims: 1)], [(2, 3)]),
            (x => [tf.gather(x[0], 1)], [(3, 2)]),
            (x => [tf.gather(x[0], new int[0])], [(3, 2)])),
        Shaped("segment_sum", Real, (x => [tf.math.segment_sum(x[0], new[] { 0, 0, 2, 2 })], [(4, 2)])),
        Shaped("unsorted_segment_sum", Real,
            (x => [tf.math.unsorted_segment_sum(x[0], new[] { 2, 0, 2, -1 }, 4)], [(4, 2)]),
            (x => [tf.math.unsorted_segment_sum(x[0], new[,] { { 0, 1 }, { 1, 1 } }, 3)], [(2, 2, 2)])),
    ];
}
