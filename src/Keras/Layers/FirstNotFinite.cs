namespace Workbook.Keras;

/// <summary>While open, notes the first layer or op whose output is not finite. For the one forward pass after a loss went wrong, not for every step.</summary>
sealed class FirstNotFinite : IDisposable
{
    [ThreadStatic] static FirstNotFinite? current;

    readonly FirstNotFinite? outer = current;

    public FirstNotFinite() => current = this;

    /// <summary>The name of the layer or op; null when all outputs were finite.</summary>
    public string? Name { get; private set; }

    /// <summary>Called with every output, innermost layers first.</summary>
    public static void See(string name, Tensor[] outputs)
    {
        if (current is { Name: null } open && Array.Exists(outputs, o => !Finite(o))) open.Name = name;
    }

    public static bool Finite(Tensor t) => (bool)tf.reduce_all(tf.math.is_finite(t));

    public void Dispose() => current = outer;
}
