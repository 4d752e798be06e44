using Workbook.Tensors.Autodiff;

using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace Workbook.Keras;

/// <summary>
/// While open, notes the first layer or op whose output is not finite. For the one forward pass after a loss went wrong, not for every
/// step.
/// </summary>
sealed class FirstNotFinite : IDisposable
{
    static readonly AsyncLocal<FirstNotFinite?> current = new();

    readonly FirstNotFinite? outer = current.Value;

    public FirstNotFinite() => current.Value = this;

    /// <summary>The name of the layer or op; null when all outputs were finite.</summary>
    public string? Name { get; private set; }

    /// <summary>Called with every output, innermost layers first.</summary>
    public static void See(string name, Tensor[] outputs)
    {
        if (current.Value is { Name: null } open && Array.Exists(outputs, o => !Finite(o))) open.Name = name;
    }

    public static bool Finite(Tensor t) => (bool)tf.reduce_all(tf.math.is_finite(t));

    /// <summary>Whether all elements of a variable are finite; one sum where they are.</summary>
    public static bool IsFinite(Variable variable)
    {
        if (!variable.dtype.IsFloating()) return true;
        var value = variable.Reading;
        var sum = value.dtype == DType.Float64 ? TensorPrimitives.Sum(value.AsSpan<double>()) : TensorPrimitives.Sum(value.AsSpan<float>());
        return double.IsFinite(sum) || Finite(value);
    }

    public void Dispose() => current.Value = outer;
}
