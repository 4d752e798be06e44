using CsCheck;
using Workbook.Tensors;
using Workbook.Tests.Tensors.Ops;
using Xunit;

namespace Workbook.Tests.Tensors.Autodiff;

/// <summary>What holds for the gradient of every op, whatever its formula.</summary>
public class GradientPropertyTests
{
    static readonly OpCase[] Calls = [.. OpTable.Rows.SelectMany(r => r.Cases)];

    static readonly OpCase[] OfOneMatrix = [.. Calls.Where(c => c.Points is [{ } x] && x.shape == (2, 3))];

    [Fact]
    public void A_vjp_is_linear_in_the_gradient_that_reaches_it() =>
        Gen.Select(Gen.OneOf(Calls), Gen.Double[-3, 3], Gen.Double[-3, 3], Gen.Int).Sample((call, a, b, seed) =>
        {
            var samples = new Samples($"linear {seed}");
            var outputs = call.Call(call.Points);
            var (u, v) = (Array.ConvertAll(outputs, y => samples.Weights(y.shape)),
                Array.ConvertAll(outputs, y => samples.Weights(y.shape)));
            var (ofU, ofV) = (Vjp(call, u), Vjp(call, v));
            var ofBoth = Vjp(call, [.. u.Zip(v, (x, y) => a * x + b * y)]);
            for (var i = 0; i < call.Points.Length; i++) Arrays.Near(ofU[i] is null ? null : a * ofU[i]! + b * ofV[i]!, ofBoth[i]);
        }, iter: 100);

    [Fact]
    public void The_gradient_of_a_sum_is_the_sum_of_the_gradients() =>
        Gen.Select(Gen.OneOf(OfOneMatrix), Gen.OneOf(OfOneMatrix)).Sample((f, g) =>
        {
            var x = f.Inputs()[0];
            Tensor Gradient(Func<Tensor, Tensor[]> y)
            {
                var tape = tf.GradientTape();
                Tensor[] targets;
                using (tape)
                {
                    tape.watch(x);
                    targets = y(x);
                }
                return tape.gradient(targets, x, unconnected_gradients: UnconnectedGradients.ZERO);
            }
            var apart = Gradient(x => f.Call([x])) + Gradient(x => g.Call([x]));
            Arrays.Near(apart, Gradient(x => [.. f.Call([x]), .. g.Call([x])]));
            Arrays.Near(apart, Gradient(x => [f.Call([x]).Concat(g.Call([x])).Select(y => tf.reduce_sum(y)).Aggregate((s, y) => s + y)]));
        }, iter: 100);

    static Tensor?[] Vjp(OpCase call, Tensor[] cotangents)
    {
        var inputs = call.Inputs();
        return Derivatives.FirstOf(call.Call, inputs, inputs, cotangents).First;
    }
}
