namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Where we mean to differ from TensorFlow: the ids of the cases and snippets, by reason.</summary>
/// <remarks>A listed case that passes fails its test, so this list cannot go stale. docs/differences.md is checked against it.</remarks>
static class Differences
{
    public static (string Reason, string[] Ids)[] All { get; } =
    [
        ("The engine has float32, float64, int32, int64 and bool; no smaller types.",
            ["truediv/int8", "int16/int16", "uint8-overflow", "float16+python-float"]),
        ("An array that meets a tensor does not change its dtype: a C# double[] is float64, and float64 does not mix with float32. NumPy arrays are converted silently.",
            ["float32+numpy-float64-array", "numpy-float64-array+float32"]),
        ("The gradient of gather is a dense tensor. There are no IndexedSlices.",
            ["gather-indexed-slices"]),
        ("Cholesky of a matrix that is not positive definite raises NumericException instead of filling in NaN.",
            ["cholesky/not-pd/f64", "cholesky/zero/f32", "logdet/indefinite"]),
    ];

    /// <summary>The reason for each id.</summary>
    public static Dictionary<string, string> Reasons { get; } = All.SelectMany(d => d.Ids.Select(id => (id, d.Reason))).ToDictionary();
}
