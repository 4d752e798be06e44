using Workbook.Tensors;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>Derivatives of any order of a function of one number, by nested tapes.</summary>
static class Derivative
{
    public static Tensor Of(int order, Func<Tensor, Tensor> f, double at) => Of(order, f)(tf.constant(at, tf.float64));

    static Func<Tensor, Tensor> Of(int order, Func<Tensor, Tensor> f) => order == 0 ? f : x =>
    {
        using var tape = tf.GradientTape();
        tape.watch(x);
        return tape.gradient(Of(order - 1, f)(x), x)!;
    };
}
