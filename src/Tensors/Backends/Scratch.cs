namespace Workbook.Tensors.Backends;

/// <summary>
/// A stretch of a backend's work whose tensors are temporary: at its end their memory is taken back, except for those that it keeps.
/// </summary>
/// <remarks>Inside a backward pass, which does the same at its own end, it does nothing.</remarks>
public sealed class Scratch : IDisposable
{
    readonly bool owns = Pool.Open();
    readonly List<Tensor?> kept = [];

    /// <summary>Says that a tensor outlives the stretch.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <returns>The same tensor.</returns>
    public Tensor Keep(Tensor tensor)
    {
        kept.Add(tensor);
        return tensor;
    }

    /// <summary>Takes back what was not kept.</summary>
    public void Dispose()
    {
        if (owns) Pool.Close([.. kept]);
    }
}
