using Workbook.Tensors;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>Elements one at a time: as real numbers, or as whole ones where 53 bits are too few.</summary>
static class Elements
{
    public static double Real(Tensor x, int i) => x.Data switch
    {
        float[] f => f[i],
        double[] d => d[i],
        int[] n => n[i],
        long[] n => n[i],
        var b => ((bool[])b)[i] ? 1 : 0,
    };

    public static long Whole(Tensor x, int i) => x.Data is long[] n ? n[i] : ((int[])x.Data)[i];

    public static Tensor Make(Shape shape, DType dtype, Func<int, double> element)
    {
        var values = Enumerable.Range(0, shape.Size).Select(element);
        return new(dtype switch
        {
            DType.Float32 => values.Select(v => (float)v).ToArray(),
            DType.Float64 => values.ToArray(),
            DType.Int32 => values.Select(v => (int)v).ToArray(),
            DType.Int64 => values.Select(v => (long)v).ToArray(),
            _ => values.Select(v => v != 0).ToArray(),
        }, shape, dtype);
    }

    public static Tensor MakeWhole(Shape shape, DType dtype, Func<int, long> element)
    {
        var values = Enumerable.Range(0, shape.Size).Select(element);
        return new(dtype == DType.Int64 ? values.ToArray() : values.Select(v => unchecked((int)v)).ToArray(), shape, dtype);
    }

    public static Tensor Copy(Shape shape, DType dtype, Func<int, (Tensor From, int At)> element)
    {
        var data = dtype.NewArray(shape.Size);
        for (var i = 0; i < shape.Size; i++)
        {
            var (from, at) = element(i);
            data.SetValue(from.Data.GetValue(at), i);
        }
        return new(data, shape, dtype);
    }

    public static int[] Index(Shape shape, int i)
    {
        var index = new int[shape.Rank];
        for (var k = shape.Rank - 1; k >= 0; k--) (i, index[k]) = (i / shape[k], i % shape[k]);
        return index;
    }

    public static int At(Shape shape, int[] index)
    {
        var at = 0;
        for (var k = 0; k < shape.Rank; k++) at = at * shape[k] + index[k];
        return at;
    }
}
