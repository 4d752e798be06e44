using Workbook.Benchmarks;
using Workbook.Tensors.Backends.Kernels;

foreach (var bits in new[] { 512, 256, 128 })
{
    if (bits > VectorWidth.Widest) continue;
    VectorWidth.Bits = bits;
    foreach (var (m, k, n, ta, tb) in new[] { (128, 784, 64, false, false), (784, 128, 64, true, false), (128, 64, 784, false, true), (32, 64, 64, false, false), (64, 32, 64, true, false), (32, 64, 64, false, true), (32, 32, 10, false, false), (1, 10, 64, false, false), (1, 64, 10, false, false), (64, 1, 10, true, false), (1, 10, 64, false, true), (512, 512, 512, false, false), (512, 512, 512, false, true) })
    {
        var r = new Random(1);
        float[] a = [.. Enumerable.Range(0, m * k).Select(_ => r.NextSingle())], b = [.. Enumerable.Range(0, n * k).Select(_ => r.NextSingle())], c = new float[m * n];
        var t = Stopwatches.Measure(() => MatrixProduct.Multiply<float>(a, b, c, m, n, k, ta, tb));
        var worst = 0.0;
        for (var i = 0; i < m; i += Math.Max(1, m / 17))
            for (var j = 0; j < n; j++)
            {
                var s = 0.0;
                for (var p = 0; p < k; p++) s += (double)(ta ? a[p * m + i] : a[i * k + p]) * (tb ? b[j * k + p] : b[p * n + j]);
                worst = Math.Max(worst, Math.Abs(s - c[i * n + j]) / Math.Abs(s));
            }
        Console.WriteLine($"{bits} {m}x{k}x{n} {ta} {tb}: {t.Median:F3} us best {t.Best:F3}  {2.0 * m * n * k / t.Best / 1000:F1} GFLOPS err {worst:E1}");
    }
}
