using Workbook.Tensors;
using static Workbook.Tests.Tensors.Ops.OpRow;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>
/// One row per public op through which a gradient flows. A new op gets its row here, or stands among the ops without a gradient.
/// </summary>
static partial class OpTable
{
    static readonly Domain Real = new(-3, 3), Positive = new(0.3, 3), NotZero = new(-3, 3, 0);

    /// <summary>All rows.</summary>
    public static OpRow[] Rows { get; } = [.. Elementwise, .. Reductions, .. Layouts, .. Networks, .. Windows, .. Matrices,
        .. LinearAlgebra];

    /// <summary>Ops of tensors without a gradient: they count, compare, choose, make, round or answer about shapes.</summary>
    public static string[] WithoutGradient { get; } =
    [
        "argmax", "argmin", "equal", "not_equal", "less", "less_equal", "greater", "greater_equal",
        "logical_and", "logical_or", "logical_xor", "logical_not", "is_nan", "is_inf", "is_finite", "reduce_any", "reduce_all",
        "sign", "floor", "ceil", "round", "floordiv", "stop_gradient", "one_hot",
        "zeros", "ones", "zeros_like", "ones_like", "eye", "range", "shape", "size", "rank",
    ];
}
