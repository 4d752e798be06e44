using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Workbook.Tensors.Autodiff;

namespace Workbook.Tensors;

/// <summary>What is likely a mistake but not an error: said once each, on the error stream.</summary>
public static class Warnings
{
    static readonly ConditionalWeakTable<object, HashSet<string>> said = [];
    static readonly object everything = new();

    /// <summary>Writes a warning, unless the same key has been warned of before.</summary>
    /// <param name="key">What counts as the same warning.</param>
    /// <param name="message">What was seen, what follows from it, what to do.</param>
    /// <param name="about">The object that it is about, such as a variable or a model: another object of the same name is warned of anew. Default: once per process.</param>
    public static void Once(string key, string message, object? about = null)
    {
        var keys = said.GetOrCreateValue(about ?? everything);
        lock (keys)
            if (!keys.Add(key)) return;
        Say(message);
    }

    /// <summary>Writes a warning; whoever calls sees to it that it is not said in every step.</summary>
    internal static void Say(string message) => Console.Error.WriteLine("Warning: " + message);

    /// <summary>Forgets what has been said, so that it would be said again.</summary>
    public static void Reset() => said.Clear();

    /// <summary>Speaks up when a followed exponent has met a negative base and made NaN.</summary>
    internal static void NegativeBase(Tensor @base, Tensor exponent, Tensor result)
    {
        var nan = result.dtype == DType.Float64 ? TensorPrimitives.IsNaNAny(result.AsSpan<double>()) : TensorPrimitives.IsNaNAny(result.AsSpan<float>());
        if (!nan) return;
        var lowest = @base.dtype == DType.Float64 ? TensorPrimitives.Min(@base.AsSpan<double>()) : TensorPrimitives.Min(@base.AsSpan<float>());
        if (!(lowest < 0)) return;
        var origins = exponent.Origins().Distinct().ToList();
        var names = string.Join(", ", origins.Select(v => $"'{v.name}'").Distinct());
        Once("pow:" + names, $"pow: a negative base ({lowest:G4}) under the fractional exponent{(names.Length > 0 ? " " + names : "")} gives NaN, and its gradient will make the exponent NaN too. "
            + "Use tf.signed_pow(x, p), or shift the inputs above 0.", origins.FirstOrDefault());
    }
}
