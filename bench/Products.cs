using System.Runtime.InteropServices;
using Workbook.Tensors;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Benchmarks;

/// <summary>Matrix products in every vector width, beside OpenBLAS on one thread where it is found (Debian: libopenblas0).</summary>
static unsafe class Products
{
    static readonly (int M, int K, int N, bool TA, bool TB)[] shapes =
    [
        (128, 784, 64, false, false), (784, 128, 64, true, false), (128, 64, 784, false, true), (32, 64, 64, false, false),
            (64, 32, 64, true, false),
        (32, 64, 64, false, true), (32, 32, 10, false, false), (1, 10, 64, false, false), (1, 64, 10, false, false),
            (64, 1, 10, true, false), (1, 10, 64, false, true), (512, 512, 512, false, false),
    ];

    public static void Print()
    {
        var blas = OpenBlas();
        int[] widths = [.. new[] { 512, 256, 128 }.Where(w => w <= VectorWidth.Widest)];
        Console.WriteLine(
            blas is null ? "OpenBLAS: not found (Debian: apt-get install libopenblas0)."
                : "Speed of the matrix product: GFLOP/s, best; ratio to OpenBLAS on one thread, interleaved, medians.");
        Console.WriteLine($"{"m x k x n",-20} {string.Concat(widths.Select(w => $"{w + " bits",10}"))} {"OpenBLAS",10} {"ratio",8}");
        foreach (var (m, k, n, ta, tb) in shapes)
        {
            var random = new SplitMix64(1);
            float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextUniform())];
            float[] a = Numbers(m * k), b = Numbers(k * n), c = new float[m * n];
            var work = 2.0 * m * n * k / 1000;
            var speeds = new List<double>();
            var ratios = new List<double>();
            foreach (var width in widths)
            {
                VectorWidth.Bits = width;
                speeds.Add(work / Stopwatches.Measure(() => MatrixProduct.Multiply<float>(a, b, c, m, n, k, ta, tb), 60, 60).Best);
            }
            VectorWidth.Bits = VectorWidth.Widest;
            double theirs = double.NaN;
            if (blas is not null)
                fixed (float* pa = a, pb = b, pc = c)
                {
                    var (x, y, z) = ((nint)pa, (nint)pb, (nint)pc);
                    for (var round = 0; round < 5; round++)
                    {
                        var ours = Stopwatches.Measure(() => MatrixProduct.Multiply<float>(a, b, c, m, n, k, ta, tb), 20, 20);
                        var other = Stopwatches.Measure(
                            () => ((delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)blas)(
                            101, ta ? 112 : 111, tb ? 112 : 111, m, n, k, 1, (float*)x, ta ? m : k, (float*)y, tb ? k : n, 0, (float*)z, n),
                                20, 20);
                        ratios.Add(other.Median / ours.Median);
                        theirs = double.IsNaN(theirs) ? work / other.Best : Math.Max(theirs, work / other.Best);
                    }
                }
            ratios.Sort();
            Console.WriteLine(
                $"{$"{m}x{k}x{n}{(ta ? " TN" : tb ? " NT" : "")}",-20} {string.Concat(speeds.Select(s => $"{s,10:F1}"))} {theirs,10:F1} {(ratios.Count > 0 ? ratios[ratios.Count / 2] : double.NaN),8:F2}");
        }
    }

    static void* OpenBlas()
    {
        foreach (var name in new[] { "libopenblas.so.0", "libopenblas.dll", "libopenblas.dylib" })
            if (NativeLibrary.TryLoad(name, out var library))
            {
                ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(1);
                return (void*)NativeLibrary.GetExport(library, "cblas_sgemm");
            }
        return null;
    }
}
