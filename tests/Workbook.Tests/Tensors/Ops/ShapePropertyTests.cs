using CsCheck;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>Broadcasting and the order of axes, over random shapes of up to four axes, empty and of length 1 among them.</summary>
public class ShapePropertyTests
{
    static readonly Gen<int[]> Shapes = Gen.Int[0, 3].Array[0, 4];

    static readonly (string Name, Func<Operand, Operand, Tensor> Call)[] Binary =
        [("add", tf.add), ("subtract", tf.subtract), ("multiply", tf.multiply), ("divide", tf.divide), ("maximum", tf.maximum),
            ("pow", tf.pow), ("atan2", tf.atan2), ("squared_difference", tf.squared_difference)];

    static readonly (string Name, Func<Tensor, Tensor> Call)[] Unary =
        [("exp", x => tf.exp(x)), ("log", x => tf.log(x)), ("sigmoid", x => tf.sigmoid(x)), ("relu", x => tf.nn.relu(x)),
            ("square", x => tf.square(x))];

    static readonly (string Name, Func<Operand, Axes?, bool, Tensor> Call)[] Reductions =
        [("reduce_sum", tf.reduce_sum), ("reduce_mean", tf.reduce_mean), ("reduce_max", tf.reduce_max), ("reduce_prod", tf.reduce_prod),
            ("reduce_logsumexp", tf.reduce_logsumexp)];

    [Fact]
    public void A_stretched_operand_gets_the_sum_of_the_gradients_of_its_copies() =>
        Gen.Select(Gen.OneOf(Binary), Shapes, Gen.Bool.Array[8], Gen.Int[0, 4], Gen.Int).Sample((op, full, stretched, dropped, seed) =>
        {
            // a lacks some leading axes and has length 1 on others; b has length 1 on none of those, so together they fill the shape.
            var skip = Math.Min(dropped, full.Length);
            int[] small = [.. full.Skip(skip).Select((d, i) => stretched[i] ? 1 : d)];
            int[] other = [.. full.Select((d, i) => i >= skip && !stretched[i - skip] && stretched[4 + i] ? 1 : d)];
            var samples = new Samples($"broadcast {seed}");
            if (samples.Inputs((small, new(0.3, 3)), (other, new(0.3, 3))) is not [var a, var b]) return;
            var (wide, tall) = (tf.broadcast_to(a, full), tf.broadcast_to(b, full));
            var weights = samples.Weights(full);
            var implied = Derivatives.FirstOf(x => [op.Call(x[0], x[1])], [a, b], [a, b], [weights]);
            var stated = Derivatives.FirstOf(x => [op.Call(x[0], x[1])], [wide, tall], [wide, tall], [weights]);
            Arrays.Near(stated.Outputs[0], implied.Outputs[0]);
            Arrays.Near(SumCopies(stated.First[0]!, small), implied.First[0]);
            Arrays.Near(SumCopies(stated.First[1]!, other), implied.First[1]);
        }, iter: 100);

    [Fact]
    public void An_elementwise_op_does_not_mind_the_order_of_axes() =>
        Gen.Select(Gen.OneOf(Unary), Permuted, Gen.Int).Sample((op, to, seed) =>
        {
            var samples = new Samples($"order {seed}");
            var x = samples.Inputs((to.Shape, new(0.3, 3)))[0];
            var w = samples.Weights(to.Shape);
            var plain = Derivatives.FirstOf(v => [op.Call(v[0])], [x], [x], [w]);
            var turned = Derivatives.FirstOf(v => [op.Call(tf.transpose(v[0], to.Order))], [x], [x], [tf.transpose(w, to.Order)]);
            Arrays.Near(tf.transpose(plain.Outputs[0], to.Order), turned.Outputs[0]);
            Arrays.Near(plain.First[0], turned.First[0]);
        }, iter: 100);

    [Fact]
    public void A_reduction_follows_its_axes_when_they_are_reordered() =>
        Gen.Select(Gen.OneOf(Reductions), Permuted, Gen.Bool.Array[4], Gen.Int).Sample((op, to, folded, seed) =>
        {
            var samples = new Samples($"reduction {seed}");
            var x = samples.Inputs((to.Shape, new(0.3, 3)))[0];
            int[] axes = [.. Enumerable.Range(0, to.Shape.Length).Where(i => folded[i])];
            int[] moved = [.. Enumerable.Range(0, to.Shape.Length).Where(i => folded[to.Order[i]])];
            var w = samples.Weights([.. to.Shape.Select((d, i) => folded[i] ? 1 : d)]);
            var plain = Derivatives.FirstOf(v => [op.Call(v[0], axes, true)], [x], [x], [w]);
            var turned = Derivatives.FirstOf(v => [op.Call(tf.transpose(v[0], to.Order), moved, true)], [x], [x],
                [tf.transpose(w, to.Order)]);
            Arrays.Near(tf.transpose(plain.Outputs[0], to.Order), turned.Outputs[0]);
            Arrays.Near(plain.First[0], turned.First[0]);
        }, iter: 100);

    static Gen<(int[] Shape, int[] Order)> Permuted =>
        Shapes.SelectMany(shape => Gen.Shuffle(Enumerable.Range(0, shape.Length).ToArray()).Select(order => (shape, order)));

    /// <summary>Adds up a tensor into a shape that broadcasts to it, element by element.</summary>
    static Tensor SumCopies(Tensor full, int[] small)
    {
        var sums = new double[new Shape(small).Size];
        var values = full.ToArray<double>();
        for (var i = 0; i < values.Length; i++)
        {
            var (at, rest, stride) = (0, i, 1);
            for (var axis = full.ndim - 1; axis >= 0; axis--)
            {
                var own = axis - (full.ndim - small.Length);
                if (own >= 0)
                {
                    if (small[own] > 1) at += rest % full.shape[axis] * stride;
                    stride *= small[own];
                }
                rest /= full.shape[axis];
            }
            sums[at] += values[i];
        }
        return Tensor.FromSpan<double>(sums, small);
    }
}
