using Workbook.Tensors;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>Windows by the definition: each place that a window sees, one at a time.</summary>
sealed partial class ReferenceBackend
{
    /// <summary>A place of the result, the place of x that it sees there, and which place of the window that is.</summary>
    readonly record struct Sight(int Image, int OutY, int OutX, int Y, int X, int I, int J);

    static IEnumerable<Sight> Seen(Shape x, Window window) =>
        from image in Enumerable.Range(0, x[0])
        from oy in Enumerable.Range(0, window.Y.Windows(x[1]))
        from ox in Enumerable.Range(0, window.X.Windows(x[2]))
        from i in Enumerable.Range(0, window.Y.Size)
        from j in Enumerable.Range(0, window.X.Size)
        let y = oy * window.Y.Stride + i * window.Y.Dilation - window.Y.Before
        let at = ox * window.X.Stride + j * window.X.Dilation - window.X.Before
        where y >= 0 && y < x[1] && at >= 0 && at < x[2]
        select new Sight(image, oy, ox, y, at, i, j);

    /// <summary>Each product of the sum that a convolution is: where in x, in the kernel and in the result it stands.</summary>
    static IEnumerable<(int X, int Kernel, int Result)> Products(Shape x, Shape kernel, Window window)
    {
        var (groups, filters) = (x[3] / kernel[2], kernel[3]);
        Shape y = new(x[0], window.Y.Windows(x[1]), window.X.Windows(x[2]), filters);
        return from s in Seen(x, window)
               from f in Enumerable.Range(0, filters)
               from c in Enumerable.Range(0, kernel[2])
               let channel = f / (filters / groups) * kernel[2] + c
               select (Elements.At(x, [s.Image, s.Y, s.X, channel]), Elements.At(kernel, [s.I, s.J, c, f]),
                   Elements.At(y, [s.Image, s.OutY, s.OutX, f]));
    }

    static Tensor Summed(Shape shape, DType dtype, IEnumerable<(int At, double Value)> terms)
    {
        var sums = new double[shape.Size];
        foreach (var (at, value) in terms) sums[at] += value;
        return Elements.Make(shape, dtype, i => sums[i]);
    }

    public override Tensor Convolve(Tensor x, Tensor kernel, Tensor? bias, bool relu, Window window, Shape shape)
    {
        var y = Summed(shape, x.dtype, Products(x.shape, kernel.shape, window)
            .Select(p => (p.Result, Elements.Real(x, p.X) * Elements.Real(kernel, p.Kernel))));
        if (bias is null) return y;
        return Elements.Make(shape, x.dtype, i => Elements.Real(y, i) + Elements.Real(bias, i % shape[3]) is var sum && relu
            ? Math.Max(sum, 0) : sum);
    }

    public override Tensor ConvolveInput(Tensor g, Tensor kernel, Window window, Shape shape) =>
        Summed(shape, g.dtype, Products(shape, kernel.shape, window)
            .Select(p => (p.X, Elements.Real(g, p.Result) * Elements.Real(kernel, p.Kernel))));

    public override Tensor ConvolveKernel(Tensor x, Tensor g, Window window, Shape shape) =>
        Summed(shape, x.dtype, Products(x.shape, shape, window)
            .Select(p => (p.Kernel, Elements.Real(x, p.X) * Elements.Real(g, p.Result))));

    /// <summary>The places of x that each window and channel sees, in order.</summary>
    static ILookup<int, int> Windows(Shape x, Shape y, Window window) =>
        (from s in Seen(x, window)
         from c in Enumerable.Range(0, x[3])
         select (From: Elements.At(x, [s.Image, s.Y, s.X, c]), To: Elements.At(y, [s.Image, s.OutY, s.OutX, c])))
            .ToLookup(p => p.To, p => p.From);

    public override (Tensor Values, Tensor Places) MaxPool(Tensor x, Window window, Shape shape)
    {
        var seen = Windows(x.shape, shape, window);
        int[] places = [.. Enumerable.Range(0, shape.Size).Select(i => seen[i].MaxBy(k => Elements.Real(x, k)))];
        return (Elements.Make(shape, x.dtype, i => Elements.Real(x, places[i])), Elements.MakeWhole(shape, DType.Int32, i => places[i]));
    }

    public override Tensor MeanPool(Tensor x, Window window, Shape shape)
    {
        var seen = Windows(x.shape, shape, window);
        return Elements.Make(shape, x.dtype, i => seen[i].Average(k => Elements.Real(x, k)));
    }

    public override Tensor MeanPoolInput(Tensor g, Window window, Shape shape) =>
        Summed(shape, g.dtype, Windows(shape, g.shape, window).SelectMany(w => w.Select(k => (k, Elements.Real(g, w.Key) / w.Count()))));
}
