using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>A table of numbers to learn from: features X and a target y, both float64 and as in the file.</summary>
/// <param name="Name">What the rows are.</param>
/// <param name="Features">The names of the columns of X.</param>
/// <param name="X">The features: shape (rows, features).</param>
/// <param name="Target">The name of y.</param>
/// <param name="y">The target: shape (rows,).</param>
/// <param name="RowNames">The names of the rows, where they have names.</param>
public sealed record DataSet(string Name, IReadOnlyList<string> Features, Tensor X, string Target, Tensor y,
    IReadOnlyList<string>? RowNames = null)
{
    /// <summary>The number of rows.</summary>
    public int Rows => X.shape[0];

    /// <summary>What the rows are, how many there are, and the names of features and target.</summary>
    public override string ToString() =>
        $"{Name}: {Rows} rows, {Features.Count} features ({string.Join(", ", Features.Take(12))}{(Features.Count > 12 ? ", …" : "")}), "
            + $"target {Target}";
}
