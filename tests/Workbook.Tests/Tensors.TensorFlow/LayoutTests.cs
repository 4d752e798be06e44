using CsCheck;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.TensorFlow;

/// <summary>
/// What moves, joins, picks, casts and multiplies, at random shapes of up to four axes in every dtype, and the gradients of it. A failure
/// is shrunk to a small one.
/// </summary>
public class LayoutTests
{
    /// <summary>A shape and numbers from 0 to 11, from which an op makes its arguments.</summary>
    /// <param name="Shape">Of the first input.</param>
    /// <param name="DType">Of the inputs.</param>
    /// <param name="Picks">Twelve of them.</param>
    sealed record Draw(int[] Shape, DType DType, int[] Picks)
    {
        public int Axis => Picks[0] % Shape.Length;

        /// <summary>One argument for each axis.</summary>
        public int[] Each(Func<int, int> of) => [.. Shape.Select((_, i) => of(Picks[i]))];

        /// <summary>The shape with some axes of length 1.</summary>
        public int[] Narrow(int from) => [.. Shape.Select((d, i) => Picks[from + i] % 2 == 0 ? 1 : d)];

        /// <summary>Numbers in [−2, 2), of which integers keep the whole part and bool whether there is one.</summary>
        public Tensor Of(Shape shape, double scale = 2) =>
            tf.cast(Tensor.FromSpan<double>(
                [.. Enumerable.Range(0, shape.Size).Select(i => scale * Math.Sin(1 + i + Picks[i % Picks.Length]))], shape), DType);

        public override string ToString() => $"{DType} ({string.Join(", ", Shape)}), {string.Join(" ", Picks)}";
    }

    static readonly Gen<Draw> Draws = Gen.Select(
        Gen.Frequency((1, Gen.Const(0)), (15, Gen.Int[1, 6])).Array[1, 4], Gen.OneOf(Enum.GetValues<DType>()), Gen.Int[0, 11].Array[12],
            (shape, dtype, picks) => new Draw(shape, dtype, picks));

    /// <summary>A batch of images and a kernel, of one group or two, and how windows slide over it so that one fits.</summary>
    static (Tensor[], Func<Tensor[], Tensor>) Windows(Draw d, Func<Tensor, Tensor, (Shape Strides, string Padding, Shape Dilations),
        Tensor> of,
        bool depthwise = false)
    {
        if (!d.DType.IsFloating()) d = d with { DType = DType.Float64 };
        int Pick(int i, int n) => d.Picks[i] % n;
        int groups = 1 + Pick(3, 2), channels = groups * (1 + Pick(4, 3)), step = 1 + Pick(8, 3), apart = step == 1 ? 1 + Pick(9, 2) : 1;
        int[] kernel = [1 + Pick(6, 3), 1 + Pick(7, 3), depthwise ? 1 + Pick(5, 2) : channels / groups,
            depthwise ? channels : groups * (1 + Pick(5, 3))];
        var (height, width) = ((kernel[0] - 1) * apart + 1 + Pick(1, 5), (kernel[1] - 1) * apart + 1 + Pick(2, 5));
        return ([d.Of((Pick(0, 3), height, width, channels)), d.Of(kernel)],
            x => of(x[0], x[1], (step, Pick(10, 2) == 0 ? "SAME" : "VALID", apart)));
    }

    static readonly Dictionary<string, Func<Draw, (Tensor[] Inputs, Func<Tensor[], Tensor> Call)>> Calls = new()
    {
        ["cast"] = d => ([d.Of(d.Shape, 1e9)], x => tf.cast(x[0], Enum.GetValues<DType>()[d.Picks[1] % 5])),
        ["transpose"] = d => ([d.Of(d.Shape)], x => tf.transpose(x[0], [.. Enumerable.Range(0, d.Shape.Length).OrderBy(i => d.Picks[i])])),
        ["broadcast_to"] = d => ([d.Of(d.Narrow(0))], x => tf.broadcast_to(x[0], d.Shape)),
        ["tile"] = d => ([d.Of(d.Shape)], x => tf.tile(x[0], d.Each(p => p % 4))),
        ["alternate"] = d => ([d.Of(Beside(d.Shape, 1)), d.Of(Beside([.. d.Shape.Select(_ => 1)], 2))],
            x => tf.where(x[0] == x[1], x[0], x[1])),
        ["strided_slice"] = d => ([d.Of(d.Shape)],
            x => tf.strided_slice(x[0], d.Each(p => p - 6), [.. d.Shape.Select((_, i) => d.Picks[4 + i] - 6)],
                [.. d.Shape.Select((_, i) => d.Picks[8 + i] is var p && p < 6 ? p - 6 : p - 5)])),
        ["pad"] = d => ([d.Of(d.Shape)], x => tf.pad(x[0], Paddings(d), constant_values: d.Picks[11] % 2)),
        ["reverse"] = d => ([d.Of(d.Shape)], x => tf.reverse(x[0], d.Axis)),
        ["concat"] = d => ([d.Of(d.Shape), d.Of(d.Shape), d.Of([.. d.Shape.Select((n, i) => i == d.Axis ? d.Picks[5] % 3 : n)])],
            x => tf.concat([.. x.Select(v => (Operand)v)], d.Axis)),
        ["gather"] = d => ([d.Of(d.Shape)], x => tf.gather(x[0], Indices(d.Picks[..(d.Picks[5] % 7)], d.Shape[d.Axis]), d.Axis)),
        ["gather in batches"] = d => ([d.Of([2, .. d.Shape])],
            x => tf.gather(x[0], tf.reshape(Indices(d.Picks[..6], d.Shape[0]), (2, 3)), 1, batch_dims: 1)),
        ["unsorted_segment_sum"] = d => ([d.Of(d.Shape)],
            x => tf.math.unsorted_segment_sum(x[0], tf.constant(Enumerable.Range(0, d.Shape[0]).Select(i => d.Picks[i] % 5 - 1).ToArray()),
                4)),
        ["cumsum"] = d => ([d.Of(d.Shape)], x => tf.cumsum(x[0], d.Axis, exclusive: d.Picks[5] % 2 == 0, reverse: d.Picks[6] % 2 == 0)),
        ["matmul"] = d =>
        {
            var (m, k, n) = (d.Shape[0], d.Picks[4] % 7, d.Picks[5] % 7);
            var (first, second) = (d.Picks[6] % 2 == 0, d.Picks[7] % 2 == 0);
            int[] batch = d.Shape[1..], other = d.Narrow(8)[1..][Math.Min(d.Picks[3] % 2, batch.Length)..];
            return ([d.Of(new([.. batch, .. first ? [k, m] : new[] { m, k }])), d.Of(new([.. other, .. second ? [n, k] : new[] { k, n }]))],
                x => tf.matmul(x[0], x[1], first, second));
        },
        ["conv2d"] = d => Windows(d, (x, kernel, slide) => tf.nn.conv2d(x, kernel, slide.Strides, slide.Padding, slide.Dilations)),
        ["depthwise_conv2d"] = d => Windows(d, (x, kernel, slide) =>
            tf.nn.depthwise_conv2d(x, tf.transpose(kernel, [0, 1, 3, 2]), slide.Strides, slide.Padding, slide.Dilations), depthwise: true),
        ["max_pool2d"] = d => Windows(d, (x, kernel, slide) =>
            tf.nn.max_pool2d(x, (kernel.shape[0], kernel.shape[1]), slide.Strides, slide.Padding) + tf.reduce_sum(kernel)),
        ["avg_pool2d"] = d => Windows(d, (x, kernel, slide) =>
            tf.nn.avg_pool2d(x, (kernel.shape[0], kernel.shape[1]), slide.Strides, slide.Padding) + tf.reduce_sum(kernel)),
        // The diagonal outweighs the rest, so that seven digits are enough.
        ["solve"] = d => Matrices(d, (a, b) => tf.linalg.solve(a, b, adjoint: d.Picks[6] % 2 == 0)),
        ["triangular_solve"] = d =>
            Matrices(d, (a, b) => tf.linalg.triangular_solve(a, b, lower: d.Picks[6] % 2 == 0, adjoint: d.Picks[7] % 2 == 0)),
        ["inv"] = d => Matrices(d, (a, _) => tf.linalg.inv(a)),
        ["det"] = d => Matrices(d, (a, _) => tf.linalg.det(a)),
        ["slogdet"] = d => Matrices(d, (a, _) => tf.linalg.slogdet(a).log_abs_determinant),
        ["cholesky"] = d => Matrices(d, (a, _) => tf.linalg.cholesky(a + tf.linalg.matrix_transpose(a))),
        ["eigvalsh"] = d => Matrices(d, (a, _) => tf.linalg.eigvalsh(a + tf.linalg.matrix_transpose(a))),
        ["qr"] = d => Matrices(d, (a, _) => tf.linalg.qr(a) is var (q, r) ? tf.matmul(q, r) + tf.abs(r) : a),
    };

    public static TheoryData<string> Ops => [.. InstalledTensorFlow.Rows(Calls.Keys)];

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Ops))]
    public void Both_engines_agree_at_any_shape(string op) =>
        Draws.Sample(draw =>
        {
            var (inputs, call) = Calls[op](draw);
            Agreement.Require(() =>
            {
                Tensor[] xs = Array.ConvertAll(inputs, x => tf.identity(x));
                using var tape = tf.GradientTape();
                foreach (var x in xs.Where(x => x.dtype.IsFloating())) tape.watch(x);
                var y = call(xs);
                return y.dtype.IsFloating() && xs[0].dtype.IsFloating() ? [y, .. tape.gradient(tf.reduce_sum(y * y), xs)] : [y];
            }, draw.DType == DType.Float32 ? 1e-4 : 1e-9);
        }, iter: InstalledTensorFlow.Everything ? 2000 : 10);

    /// <summary>Each length followed by another one: axes that are stretched and axes that are not take turns.</summary>
    static int[] Beside(int[] shape, int other) => [.. shape.SelectMany(d => new[] { d, other })];

    static int[,] Paddings(Draw d)
    {
        var paddings = new int[d.Shape.Length, 2];
        for (var i = 0; i < d.Shape.Length; i++) (paddings[i, 0], paddings[i, 1]) = (d.Picks[i] % 3, d.Picks[4 + i] % 3);
        return paddings;
    }

    /// <summary>Positions in a length; in an empty one there are none, and an error is due.</summary>
    static Tensor Indices(int[] picks, int length) => tf.constant(Array.ConvertAll(picks, p => p % Math.Max(1, length)));

    static (Tensor[], Func<Tensor[], Tensor>) Matrices(Draw d, Func<Tensor, Tensor, Tensor> call)
    {
        var (n, columns) = (d.Picks[4] % 6, d.Picks[5] % 4);
        var real = d with { DType = d.DType == DType.Float32 ? DType.Float32 : DType.Float64 };
        var batch = d.Shape[..^1];
        return ([real.Of(new([.. batch, n, n])) + tf.eye(n, dtype: real.DType) * 16.0, real.Of(new([.. batch, n, columns]))],
            x => call(x[0], x[1]));
    }
}
