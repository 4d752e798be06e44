using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Features of second order: squares and products of the columns of a table.</summary>
public static class SecondOrder
{
    /// <summary>What separates the two names of a product: age·sex.</summary>
    const string Times = "·", Square = "²";

    /// <summary>
    /// The features of a table, the square of each that has more than two values (age²), and the product of each two (age·sex): for
    /// diabetes the 64 features of the paper on LARS. All are made of standardised columns.
    /// </summary>
    /// <param name="data">A table. A constant column stays, and makes nothing new.</param>
    public static DataSet Of(DataSet data)
    {
        int[] varied = [.. Enumerable.Range(0, data.Features.Count).Where(j => Values(data, j) > 1)];
        var columns = varied.ToDictionary(j => j, j => Scaling.Standardize(data.X[.., j]));
        int[] squared = [.. varied.Where(j => Values(data, j) > 2)];
        (int, int)[] pairs = [.. varied.SelectMany((j, at) => varied[(at + 1)..].Select(k => (j, k)))];
        Tensor[] all = [.. Enumerable.Range(0, data.Features.Count).Select(j => columns.GetValueOrDefault(j, data.X[.., j])),
            .. squared.Select(j => tf.square(columns[j])), .. pairs.Select(p => columns[p.Item1] * columns[p.Item2])];
        return data with
        {
            Features = [.. data.Features, .. squared.Select(j => data.Features[j] + Square),
                .. pairs.Select(p => data.Features[p.Item1] + Times + data.Features[p.Item2])],
            X = tf.stack(all, 1),
        };
    }

    /// <summary>Whether a name is that of a square or a product.</summary>
    /// <param name="feature">A name that <see cref="Of"/> gave.</param>
    public static bool Is(string feature) => IsSquare(feature) || feature.Contains(Times, StringComparison.Ordinal);

    /// <summary>Whether a name is that of a square.</summary>
    /// <param name="feature">A name that <see cref="Of"/> gave.</param>
    public static bool IsSquare(string feature) => feature.EndsWith(Square, StringComparison.Ordinal);

    static int Values(DataSet data, int column) => data.X[.., column].ToArray<double>().Distinct().Count();
}
