using System.Collections.Frozen;
using System.Text;

namespace Workbook.Tensors.TensorFlow;

/// <summary>TensorFlow's names for the kernels that are one op of one or two inputs.</summary>
static class OpNames
{
    /// <summary>Elementwise, one input.</summary>
    public static FrozenDictionary<string, byte[]> Map { get; } = Table(
        ("negative", "Neg"), ("abs", "Abs"), ("sign", "Sign"), ("square", "Square"), ("reciprocal", "Reciprocal"), ("sqrt", "Sqrt"),
            ("rsqrt", "Rsqrt"),
        ("exp", "Exp"), ("log", "Log"), ("expm1", "Expm1"), ("log1p", "Log1p"), ("sigmoid", "Sigmoid"), ("softplus", "Softplus"),
            ("relu", "Relu"),
        ("sin", "Sin"), ("cos", "Cos"), ("tan", "Tan"), ("asin", "Asin"), ("acos", "Acos"), ("atan", "Atan"),
        ("sinh", "Sinh"), ("cosh", "Cosh"), ("tanh", "Tanh"), ("asinh", "Asinh"), ("acosh", "Acosh"), ("atanh", "Atanh"),
        ("erf", "Erf"), ("erfc", "Erfc"), ("lgamma", "Lgamma"), ("digamma", "Digamma"),
        ("floor", "Floor"), ("ceil", "Ceil"), ("round", "Round"), ("logical_not", "LogicalNot"));

    /// <summary>Elementwise, two inputs.</summary>
    public static FrozenDictionary<string, byte[]> Zip { get; } = Table(
        ("add", "AddV2"), ("subtract", "Sub"), ("multiply", "Mul"), ("divide", "RealDiv"), ("multiply_no_nan", "MulNoNan"),
        ("floordiv", "FloorDiv"), ("floormod", "FloorMod"), ("truncatemod", "TruncateMod"), ("maximum", "Maximum"), ("minimum", "Minimum"),
        ("maximum_keeping_nan", "Maximum"), ("minimum_keeping_nan", "Minimum"), ("pow", "Pow"), ("atan2", "Atan2"),
        ("logical_and", "LogicalAnd"), ("logical_or", "LogicalOr"));

    /// <summary>
    /// Where TensorFlow's op is wrong for a dtype: Round of integers gives zeros, Erf of infinity NaN in float64; TruncateMod of integers
    /// by zero is an internal error.
    /// </summary>
    public static bool IsWrong(string kernel, DType dtype) => kernel switch
    {
        "round" or "truncatemod" => dtype.IsInteger(),
        "erf" => dtype == DType.Float64,
        _ => false,
    };

    /// <summary>Gradients in one op, which take inputs of one shape; those of tanh and sigmoid take them in the other order.</summary>
    public static FrozenDictionary<string, byte[]> Gradients { get; } = Table(("relu_grad", "ReluGrad"), ("tanh_grad", "TanhGrad"),
        ("sigmoid_grad", "SigmoidGrad"));

    /// <summary>Relations.</summary>
    public static FrozenDictionary<string, byte[]> Compare { get; } = Table(("equal", "Equal"), ("not_equal", "NotEqual"), ("less", "Less"),
        ("less_equal", "LessEqual"));

    /// <summary>Reductions.</summary>
    public static FrozenDictionary<string, byte[]> Reduce { get; } = Table(
        ("reduce_sum", "Sum"), ("reduce_max", "Max"), ("reduce_min", "Min"), ("reduce_prod", "Prod"), ("reduce_any", "Any"),
            ("reduce_all", "All"));

    static FrozenDictionary<string, byte[]> Table(params (string Kernel, string Op)[] names) =>
        names.ToFrozenDictionary(n => n.Kernel, n => Encoding.UTF8.GetBytes(n.Op + "\0"));
}
