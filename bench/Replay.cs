using System.Numerics.Tensors;
using Workbook.Tensors;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Benchmarks;

/// <summary>The limit: the same training step by hand on the same kernels, with static buffers, no tape and no tensors.</summary>
sealed class Replay
{
    readonly int batch;
    readonly int[] sizes;
    readonly float[][] w, b, mw, vw, mb, vb, dw, db, h, dh;
    readonly float[] y;
    int steps;

    public Replay(int batch, params int[] sizes)
    {
        this.batch = batch;
        this.sizes = sizes;
        var random = new SplitMix64(1);
        float[] Numbers(int n, double scale) => [.. Enumerable.Range(0, n).Select(_ => (float)((2 * random.NextUniform() - 1) * scale))];
        int[] layers = [.. Enumerable.Range(0, sizes.Length - 1)];
        w = [.. layers.Select(i => Numbers(sizes[i] * sizes[i + 1], Math.Sqrt(6.0 / (sizes[i] + sizes[i + 1]))))];
        b = [.. layers.Select(i => new float[sizes[i + 1]])];
        (mw, vw, dw) = (Zeros(w), Zeros(w), Zeros(w));
        (mb, vb, db) = (Zeros(b), Zeros(b), Zeros(b));
        h = [Numbers(batch * sizes[0], 1), .. layers.Select(i => new float[batch * sizes[i + 1]])];
        dh = Zeros(h);
        y = new float[batch * sizes[^1]];
        for (var i = 0; i < batch; i++) y[i * sizes[^1] + (int)random.NextInteger(sizes[^1])] = 1;
    }

    static float[][] Zeros(float[][] like) => [.. like.Select(a => new float[a.Length])];

    /// <summary>Forward, backward, Adam; the loss.</summary>
    public double Step()
    {
        var (last, classes) = (w.Length - 1, sizes[^1]);
        for (var i = 0; i <= last; i++)
        {
            MatrixProduct.Multiply<float>(h[i], w[i], h[i + 1], batch, sizes[i + 1], sizes[i], false, false);
            for (var r = 0; r < batch; r++)
            {
                var row = h[i + 1].AsSpan(r * sizes[i + 1], sizes[i + 1]);
                if (i < last) Elementwise.Zip<float, Elementwise.AddRelu<float>>(row, b[i], row);
                else Elementwise.Zip<float, Elementwise.Add<float>>(row, b[i], row);
            }
        }
        var loss = 0f;
        for (var r = 0; r < batch; r++)
            loss += SoftmaxRows.CrossEntropy<float>(y.AsSpan(r * classes, classes), h[^1].AsSpan(r * classes, classes),
                dh[^1].AsSpan(r * classes, classes));
        TensorPrimitives.Multiply(dh[^1], 1f / batch, dh[^1]);
        for (var i = last; i >= 0; i--)
        {
            if (i < last) Elementwise.Zip<float, Elementwise.ReluGradient<float>>(dh[i + 1], h[i + 1], dh[i + 1]);
            MatrixProduct.Multiply<float>(h[i], dh[i + 1], dw[i], sizes[i], sizes[i + 1], batch, true, false);
            db[i].AsSpan().Clear();
            for (var r = 0; r < batch; r++)
                Elementwise.Zip<float, Elementwise.Add<float>>(db[i], dh[i + 1].AsSpan(r * sizes[i + 1], sizes[i + 1]), db[i]);
            if (i > 0) MatrixProduct.Multiply<float>(dh[i + 1], w[i], dh[i], batch, sizes[i], sizes[i + 1], false, true);
        }
        steps++;
        double[] numbers = [1e-8 * Math.Sqrt(1 - Math.Pow(.999, steps)) / (1 - Math.Pow(.9, steps)), .9, .999, 1e-7];
        var adam = Updates.Adam.For<float>();
        for (var i = 0; i <= last; i++)
        {
            adam(w[i], dw[i], mw[i], vw[i], numbers);
            adam(b[i], db[i], mb[i], vb[i], numbers);
        }
        return loss / batch;
    }
}
