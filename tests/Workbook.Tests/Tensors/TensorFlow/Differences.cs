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
        ("A C# `double[]` is float64 and does not mix with float32. "
            + "TensorFlow converts a NumPy array silently to the dtype of the tensor that it meets.",
            ["float32+numpy-float64-array", "numpy-float64-array+float32"]),
        ("The gradient of `gather` is a dense tensor. There are no IndexedSlices.",
            ["gather-indexed-slices"]),
        ("`cholesky` of a matrix that is not positive definite raises NumericException, and so does `logdet`. TensorFlow fills in NaN.",
            ["cholesky/not-pd/f64", "cholesky/zero/f32", "logdet/indefinite"]),
        ("The gradient of `det` at a singular matrix is its matrix of cofactors. TensorFlow raises there.",
            ["det/singular/f64"]),
        ("The second gradient of softmax cross-entropy by its labels is right and finite where a logit is -inf. TensorFlow's is NaN there.",
            ["softmax_cross_entropy_with_logits/minus-inf-logit/f64", "softmax_cross_entropy_with_logits/minus-inf-logit/f32"]),
        ("`pow` at the base 0 has the derivatives of its monomial, in every order: a factor b(b - 1)... "
            + "of exactly 0 wins over an infinite power. TensorFlow's are NaN there (0 times inf).",
            ["pow/zero-base/f64", "pow/zero-base/f32"]),
        ("Second gradients of `sqrt`, `rsqrt` and `reciprocal` are 0 where the gradient from above is exactly 0, as first gradients are in "
            + "TensorFlow too. Its second ones are NaN there.",
            ["where/nan-trap-sqrt/f64", "where/nan-trap-sqrt/f32", "where/nan-trap-rsqrt/f64", "where/nan-trap-rsqrt/f32",
                "where/nan-trap-reciprocal/f64", "where/nan-trap-reciprocal/f32"]),
        ("The first gradient of `norm` at the zero vector is NaN, as TensorFlow's is, but the second is infinite. TensorFlow's is NaN.",
            ["norm/zero-vector/f64", "norm/zero-vector/f32"]),
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
        ["softmax_cross_entropy_with_logits"] =
            "TensorFlow leaves the sum of the labels out of the gradient by the logits, and so its second gradient by the labels is 0.",
    };

    /// <summary>What was found beside the measured calls; other tests hold it.</summary>
    public static string[] Elsewhere { get; } =
    [
        "The second gradient of `tf.nn.moments`, and so of batch normalization, agrees with central differences. "
            + "TensorFlow holds the mean still in the variance.",
        "The slope of `celu` at 0 is 1. Keras adds the slopes of both branches and gives 2.",
        "`argmax` and `argmin` take a number before NaN, also where the number is infinite. "
            + "TensorFlow gives position 0 for `argmax([nan, -inf])`.",
        "`max_pool1d` and `max_pool2d` pass NaN on, as `reduce_max` does. TensorFlow 2.21 on a processor takes a number beside it.",
        "`linspace` of whole numbers is refused. TensorFlow gives float64.",
        "`pad` has a gradient by `constant_values`, and `one_hot` by `on_value` and `off_value`. TensorFlow has none.",
        "`custom_gradient` refuses a stated gradient that has not the shape of its input. TensorFlow goes on.",
    ];

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
        page.Append(
            "\n\n## Where TensorFlow's numbers are not right\n\nHere the engine matches the right ones, checked by central differences.\n");
        foreach (var (op, reason) in Corrections) page.Append($"\n- `{op}`: {reason}");
        page.Append("\n\n## Beside the measured calls\n");
        foreach (var line in Elsewhere) page.Append($"\n- {line}");
        return page.Append('\n').ToString();
    }
}
