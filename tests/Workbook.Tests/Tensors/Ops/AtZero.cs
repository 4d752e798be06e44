using Workbook.Tensors;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>Derivatives of a function of one number, of order 0, 1, 2, …, by nested tapes.</summary>
static class AtZero
{
    /// <summary>f(x), f′(x), f″(x), … in float64.</summary>
    public static double[] Orders(Func<Tensor, Tensor> f, double x, int highest)
    {
        var at = tf.constant(x, tf.float64);
        var orders = new double[highest + 1];
        for (var n = 0; n <= highest; n++) orders[n] = (double)Derivative(f, n)(at);
        return orders;
    }

    /// <summary>The derivative of an order; 0 where nothing is connected, as a constant has it.</summary>
    public static Func<Tensor, Tensor> Derivative(Func<Tensor, Tensor> f, int order) => order == 0 ? f : x =>
    {
        using var tape = tf.GradientTape();
        tape.watch(x);
        return tape.gradient(Derivative(f, order - 1)(x), x, unconnected_gradients: UnconnectedGradients.ZERO);
    };
}
