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
        ("The gradient of the determinant of a singular matrix is its matrix of cofactors. TensorFlow's raises.",
            ["det/singular/f64"]),
        ("Where a logit is -inf, the second gradient of softmax cross-entropy by its labels is the right one: finite. TensorFlow's is wrong by its labels everywhere, and NaN here.",
            ["softmax_cross_entropy_with_logits/minus-inf-logit/f64", "softmax_cross_entropy_with_logits/minus-inf-logit/f32"]),
        ("The second derivative of erf at infinity is NaN, as TensorFlow's own (-2x·exp(-x²) = inf·0), and not its limit 0.",
            ["erf/infinity/f64", "erf/infinity/f32"]),
    ];

    /// <summary>The reason for each id.</summary>
    public static Dictionary<string, string> Reasons { get; } = All.SelectMany(d => d.Ids.Select(id => (id, d.Reason))).ToDictionary();
}
