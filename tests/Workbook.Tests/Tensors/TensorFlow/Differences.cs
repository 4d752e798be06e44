using System.Text;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Where we mean to differ from TensorFlow: the ids of the cases and snippets, by reason.</summary>
/// <remarks>A listed case that passes fails its test, so this list cannot go stale. docs/differences.md is this list in words.</remarks>
static class Differences
{
    public static (string Reason, string[] Ids)[] All { get; } =
    [
        ("The engine has float32, float64, int32, int64 and bool, and no smaller types.",
            ["truediv/int8", "int16/int16", "uint8-overflow", "float16+python-float"]),
        ("A C# `double[]` is float64 and does not mix with float32. TensorFlow converts a NumPy array silently to the dtype of the tensor that it meets.",
            ["float32+numpy-float64-array", "numpy-float64-array+float32"]),
        ("The gradient of `gather` is a dense tensor. There are no IndexedSlices.",
            ["gather-indexed-slices"]),
        ("`cholesky` of a matrix that is not positive definite raises NumericException, and so does `logdet`. TensorFlow fills in NaN.",
            ["cholesky/not-pd/f64", "cholesky/zero/f32", "logdet/indefinite"]),
        ("The gradient of `det` at a singular matrix is its matrix of cofactors. TensorFlow raises there.",
            ["det/singular/f64"]),
        ("The second gradient of softmax cross-entropy by its labels is right and finite where a logit is -inf. TensorFlow's is NaN there.",
            ["softmax_cross_entropy_with_logits/minus-inf-logit/f64", "softmax_cross_entropy_with_logits/minus-inf-logit/f32"]),
        ("The second derivative of `erf` at infinity is NaN (-2x exp(-x^2) is inf times 0), as TensorFlow's own is, and not its limit 0.",
            ["erf/infinity/f64", "erf/infinity/f32"]),
    ];

    /// <summary>Why TensorFlow's own numbers are not right, by op; the cases carry the right ones, and those are matched.</summary>
    public static Dictionary<string, string> Corrections { get; } = new()
    {
        ["leaky_relu"] = "In float64 TensorFlow rounds alpha to float32.",
        ["gelu"] = "In float64 TensorFlow rounds the constants to float32: values are off by up to 6e-7.",
        ["erf"] = "In float64 TensorFlow 2.21 gives NaN at infinity. It is 1, and -1 at minus infinity.",
        ["lgamma"] = "In float32 TensorFlow's derivatives are wrong below about -7.",
        ["digamma"] = "In float32 TensorFlow's derivatives are wrong below about -7.",
        ["reduce_prod"] = "TensorFlow's second gradient is wrong where an element is 0.",
        ["softmax_cross_entropy_with_logits"] = "TensorFlow leaves the sum of the labels out of the gradient by the logits, and so its second gradient by the labels is 0.",
    };

    /// <summary>The reason for each id.</summary>
    public static Dictionary<string, string> Reasons { get; } = All.SelectMany(d => d.Ids.Select(id => (id, d.Reason))).ToDictionary();

    /// <summary>The page docs/differences.md.</summary>
    public static string Page()
    {
        var page = new StringBuilder("""
            # Differences from TensorFlow

            Values, first and second gradients and errors of the engine are compared with 849 calls measured in TensorFlow 2.21
            (`tests/Workbook.Tests/Tensors/TensorFlow`). Everything agrees within the stated tolerances but for what stands here.
            A test keeps this page equal to the list in the tests, and fails when a listed case agrees after all.

            ## Where the engine means to differ

            """);
        foreach (var (reason, ids) in All) page.Append($"\n- {reason} ({string.Join(", ", ids.Select(id => $"`{id}`"))})");
        page.Append("\n\n## Where TensorFlow's numbers are not right\n\nHere the engine matches the right ones, checked by central differences.\n");
        foreach (var (op, reason) in Corrections) page.Append($"\n- `{op}`: {reason}");
        return page.Append('\n').ToString();
    }
}
