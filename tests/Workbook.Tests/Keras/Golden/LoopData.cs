using System.Globalization;
using Workbook.Tensors;

namespace Workbook.Tests.Keras.Golden;

/// <summary>The data of the loops: real tables, and numbers of the portable generator in the order that the file states.</summary>
static class LoopData
{
    /// <summary>Ten columns and the target of diabetes.csv.</summary>
    public static (Tensor X, Tensor Y) Diabetes()
    {
        var rows = Table("diabetes");
        return (Matrix(rows.Select(r => r[..10])), Vector(rows.Select(r => r[10])));
    }

    public static double[][] Table(string name) => [.. File.ReadLines(Repository.File($"data/{name}.csv")).Skip(1)
        .Select(l => Array.ConvertAll(l.Split(','), v => double.Parse(v, CultureInfo.InvariantCulture)))];

    /// <summary>Mean 0 and standard deviation 1 (divided by n) along the first axis.</summary>
    public static Tensor Standardised(Tensor a) => (a - tf.reduce_mean(a, 0)) / tf.math.reduce_std(a, 0);

    public static Tensor Matrix(IEnumerable<double[]> rows)
    {
        var list = rows.ToList();
        return Tensor.FromSpan<double>(list.SelectMany(r => r).ToArray(), (list.Count, list[0].Length));
    }

    public static Tensor Vector(IEnumerable<double> values) => Tensor.FromSpan<double>(values.ToArray());

    public static Tensor U(this SplitMix64 r, params int[] shape) => Drawn(shape, r.NextUniform);

    public static Tensor N(this SplitMix64 r, params int[] shape) => Drawn(shape, r.NextNormal);

    public static Tensor Glorot(this SplitMix64 r, int rows, int columns) =>
        Math.Sqrt(6.0 / (rows + columns)) * (2 * r.U(rows, columns) - 1);

    static Tensor Drawn(int[] shape, Func<double> next) =>
        Tensor.FromSpan<double>(Enumerable.Range(0, new Shape(shape).Size).Select(_ => next()).ToArray(), shape);

    public static Tensor Times(this Tensor matrix, Operand vector) => tf.squeeze(tf.matmul(matrix, tf.expand_dims(vector, -1)), -1);
}
