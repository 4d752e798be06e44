using CsCheck;
using Workbook.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;
using Workbook.Tests.Tensors;
using Workbook.Tests.Tensors.Ops;
using Xunit;

namespace Workbook.Tests.TensorFlow;

/// <summary>Random shapes and numbers through both engines, kernel by kernel and op by op. A failure is shrunk to a small one.</summary>
public class DifferentialTests
{
    static readonly Gen<double> Numbers = Gen.Frequency((8, Gen.Double[-4, 4]), (3, Gen.Int[-3, 3].Select(i => (double)i)),
        (1, Gen.OneOf(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-15, -1e-15, 1e15)));

    static readonly Gen<double[]> Many = Numbers.Array[24];

    /// <summary>A shape, and which axes a second operand drops, has of length 1, or a reduction folds.</summary>
    static readonly Gen<(int[] Shape, int Dropped,
        bool[] Chosen)> Shapes = Gen.Select(Gen.Int[0, 4].Array[0, 3], Gen.Int[0, 3], Gen.Bool.Array[3]);

    public static TheoryData<string> Elementwise =>
        [.. InstalledTensorFlow.Rows([.. Kernels.All.Values.Where(k => k is not MatrixKernel and not UpdateKernel).Select(k => k.Op)])];

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Elementwise))]
    public void Both_engines_agree_on_a_kernel(string op)
    {
        var kernel = Kernels.All[op];
        DType[] dtypes = [.. Kernels.DTypes(kernel)];
        Gen.Select(Shapes, Gen.OneOf(dtypes), Many, Many).Sample((s, dtype, p, q) =>
        {
            if ((kernel is PositionsKernel || Kernels.IsOfRows(kernel)) && (s.Shape.Length == 0 || s.Shape.Contains(0))) return;
            // TensorFlow multiplies by a mask, so an infinite gradient that a negative feature should stop becomes NaN.
            if (kernel.Op == "relu_grad") p = Array.ConvertAll(p, v => double.IsFinite(v) ? v : 1);
            // Which of several NaN comes first is nobody's promise.
            if (kernel is PositionsKernel) p = Array.ConvertAll(p, v => double.IsNaN(v) ? 1 : v);
            int[] small =
                [.. s.Shape.Select((d, i) => s.Chosen[i] ? 1 : d)
                    .Skip(kernel is ZipKernel { Op: "tanh_grad" or "sigmoid_grad" or "relu_grad" } ? 0 : s.Dropped)];
            int[] axes = [.. Enumerable.Range(0, s.Shape.Length).Where(i => s.Chosen[i])];
            var (a, b) = (Of(p, s.Shape, dtype), Of(q, small, dtype));
            Agreement.Require(() => [Kernels.Execute(kernel, a, b, s.Shape, axes)], dtype == DType.Float32 ? 2e-5 : 1e-9);
        }, iter: InstalledTensorFlow.Everything ? 2000 : 100);
    }

    public static TheoryData<string> Ops => [.. InstalledTensorFlow.Rows([.. OpTable.Rows.Select(r => r.Op)])];

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Ops))]
    public void Both_engines_agree_on_an_op_and_its_derivatives(string op) =>
        Gen.Select(Gen.OneOf(OpTable.Rows.Single(r => r.Op == op).Cases), Gen.OneOf(DType.Float32, DType.Float64),
            Gen.Double[-0.2, 0.2].Array[24]).Sample((call, dtype, noise) =>
        {
            Tensor[] inputs = Array.ConvertAll(call.Inputs(),
                x => x.dtype.IsFloating() ? tf.cast(x + Of(noise, [.. x.shape], x.dtype), dtype) : x);
            // At a singular matrix a determinant of rounding errors decides between two formulas.
            if (op == "det" && Array.Exists(tf.linalg.det(inputs[0]).ToArray<double>(), d => Math.Abs(d) < 1e-3)) return;
            // Second derivatives of matrices magnify what a last digit makes; 7 digits of float32 leave 3.
            Agreement.Require(() =>
            {
                var samples = new Samples(op + " weights");
                Tensor[] xs = Array.ConvertAll(inputs, x => tf.identity(x));
                Tensor?[] cotangents = [.. call.Call(xs).Select(y => tf.cast(samples.Weights(y.shape), dtype))];
                Tensor?[] tangents = [.. xs.Select(x => tf.cast(samples.Weights(x.shape), dtype))];
                var derivatives = Derivatives.Of(call.Call, xs, cotangents, tangents);
                return [.. derivatives.Outputs, .. derivatives.First, .. derivatives.Second];
            }, dtype == DType.Float32 ? 2e-3 : 1e-8);
        }, iter: InstalledTensorFlow.Everything ? 500 : 25);

    static Tensor Of(double[] numbers, int[] shape, DType dtype)
    {
        var size = shape.Aggregate(1, (p, d) => p * d);
        var values = Enumerable.Range(0, size).Select(i => numbers[i % numbers.Length]);
        // TensorFlow takes subnormal numbers for zero; nor may products and quotients of two be subnormal.
        values = values.Select(v => Math.Abs(v) < 1e-18 ? 0 : v);
        // Numbers beyond an integer's range have no value of their own there.
        if (dtype.IsInteger()) values = values.Select(v => double.IsFinite(v) && Math.Abs(v) < 1e9 ? v : 7);
        return tf.cast(Tensor.FromSpan<double>([.. values], shape), dtype);
    }
}
