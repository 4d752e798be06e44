using Workbook.Tensors;
using Workbook.Tensors.Backends;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>The scalar meaning of each kernel name.</summary>
static class ReferenceFunctions
{
    /// <summary>Functions so special that a second implementation would prove less than their own tests do.</summary>
    static readonly HashSet<string> Shared = ["erf", "erfc", "lgamma", "digamma", "polygamma", "expm1", "log1p", "softplus"];

    public static double Real(MapKernel kernel, double x) => kernel.Op switch
    {
        "negative" => -x,
        "abs" => Math.Abs(x),
        "sign" => double.IsNaN(x) ? x : Math.Sign(x),
        "square" => x * x,
        "reciprocal" => 1 / x,
        "sqrt" => Math.Sqrt(x),
        "rsqrt" => 1 / Math.Sqrt(x),
        "exp" => Math.Exp(x),
        "log" => Math.Log(x),
        "sigmoid" => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x)),
        "sin" => Math.Sin(x),
        "cos" => Math.Cos(x),
        "tan" => Math.Tan(x),
        "asin" => Math.Asin(x),
        "acos" => Math.Acos(x),
        "atan" => Math.Atan(x),
        "sinh" => Math.Sinh(x),
        "cosh" => Math.Cosh(x),
        "tanh" => Math.Tanh(x),
        "asinh" => Math.Asinh(x),
        "acosh" => Math.Acosh(x),
        "atanh" => Math.Atanh(x),
        "floor" => Math.Floor(x),
        "ceil" => Math.Ceiling(x),
        "round" => Math.Round(x, MidpointRounding.ToEven),
        "relu" => x < 0 ? 0 : x,
        var op when Shared.Contains(op) => Own(kernel, x),
        var op => throw new NotSupportedException($"The reference backend does not know '{op}'. Add its scalar meaning here."),
    };

    public static double Real(ZipKernel kernel, double a, double b) => kernel.Op switch
    {
        "add" => a + b,
        "subtract" => a - b,
        "multiply" => a * b,
        "divide" => a / b,
        "multiply_no_nan" => b == 0 ? 0 : a * b,
        "floordiv" => Math.Floor(a / b),
        "floormod" => a % b is var r && r != 0 && (r < 0) != (b < 0) ? r + b : a % b,
        "truncatemod" => a % b,
        "maximum" or "maximum_keeping_nan" => Math.Max(a, b),
        "minimum" or "minimum_keeping_nan" => Math.Min(a, b),
        "pow" => Math.Pow(a, b),
        "atan2" => Math.Atan2(a, b),
        "relu_grad" => b > 0 ? a : 0,
        "tanh_grad" => a * (1 - b * b),
        "sigmoid_grad" => a * b * (1 - b),
        var op when Shared.Contains(op) => Own(kernel, a, b),
        var op => throw new NotSupportedException($"The reference backend does not know '{op}'. Add its scalar meaning here."),
    };

    static double Own(MapKernel kernel, double x)
    {
        double[] y = [0];
        kernel.For<double>()([x], y);
        return y[0];
    }

    static double Own(ZipKernel kernel, double a, double b)
    {
        double[] y = [0];
        kernel.For<double>()([a], [b], y);
        return y[0];
    }

    /// <summary>Whole numbers, wrapping; asking the kernel first makes a dtype that it lacks an error here too.</summary>
    public static long Whole(MapKernel kernel, DType dtype, long x)
    {
        _ = dtype == DType.Int64 ? (object)kernel.For<long>() : kernel.For<int>();
        return unchecked(kernel.Op switch
        {
            "negative" => -x,
            "abs" => x < 0 ? -x : x,
            "sign" => Math.Sign(x),
            "square" => x * x,
            "round" => x,
            "relu" => Math.Max(x, 0),
            var op => throw new NotSupportedException(op),
        });
    }

    /// <inheritdoc cref="Whole(MapKernel, DType, long)"/>
    public static long Whole(ZipKernel kernel, DType dtype, long a, long b)
    {
        _ = dtype == DType.Int64 ? (object)kernel.For<long>() : kernel.For<int>();
        var divides = kernel.Op is "floordiv" or "floormod" or "truncatemod";
        if (divides && b == 0) throw new NumericException($"{kernel.Op}: division by zero.");
        return unchecked(kernel.Op switch
        {
            "add" => a + b,
            "subtract" => a - b,
            "multiply" => a * b,
            "floordiv" => (long)Math.Floor((decimal)a / b),
            "floormod" => (long)(a - Math.Floor((decimal)a / b) * b),
            "truncatemod" => b == -1 ? 0 : a % b,
            "maximum" or "maximum_keeping_nan" => Math.Max(a, b),
            "minimum" or "minimum_keeping_nan" => Math.Min(a, b),
            "pow" => b < 0 ? throw new NumericException("pow: a negative power of an integer.")
                : (long)(ulong)(System.Numerics.BigInteger.Pow(a, (int)b) & ulong.MaxValue),
            var op => throw new NotSupportedException(op),
        });
    }

    public static double Truth(string op, double a, double b) => op switch
    {
        "logical_not" => a == 0 ? 1 : 0,
        "logical_and" => a != 0 && b != 0 ? 1 : 0,
        "logical_or" => a != 0 || b != 0 ? 1 : 0,
        _ => throw new DTypeException($"{op}: truth values are not numbers."),
    };

    public static double Fold(string op, IEnumerable<double> xs) => op switch
    {
        "reduce_sum" => xs.Sum(),
        "reduce_prod" => xs.Aggregate(1.0, (p, x) => p * x),
        "reduce_max" => xs.Aggregate(double.NegativeInfinity, Math.Max),
        "reduce_min" => xs.Aggregate(double.PositiveInfinity, Math.Min),
        "reduce_any" => xs.Any(x => x != 0) ? 1 : 0,
        "reduce_all" => xs.All(x => x != 0) ? 1 : 0,
        _ => throw new NotSupportedException(op),
    };

    public static long Fold(string op, DType dtype, IEnumerable<long> xs) => unchecked(op switch
    {
        "reduce_sum" => xs.Aggregate(0L, (s, x) => s + x),
        "reduce_prod" => xs.Aggregate(1L, (p, x) => p * x),
        "reduce_max" => xs.Aggregate(dtype == DType.Int64 ? long.MinValue : int.MinValue, Math.Max),
        "reduce_min" => xs.Aggregate(dtype == DType.Int64 ? long.MaxValue : int.MaxValue, Math.Min),
        _ => throw new DTypeException($"{op}: expected truth values."),
    });

    public static double Row(string op, double[] x, int i) => op switch
    {
        "softmax" => Math.Exp(x[i] - x.Max()) / x.Sum(v => Math.Exp(v - x.Max())),
        "log_softmax" => x[i] - x.Max() - Math.Log(x.Sum(v => Math.Exp(v - x.Max()))),
        "cumsum" => x[..(i + 1)].Sum(),
        "cumsum_exclusive" => x[..i].Sum(),
        "cumsum_reverse" => x[i..].Sum(),
        "cumsum_exclusive_reverse" => x[(i + 1)..].Sum(),
        _ => throw new NotSupportedException(op),
    };
}
