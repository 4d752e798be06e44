namespace Workbook.Tensors.Backends;

/// <summary>Elements that a foreign backend keeps in memory of its own, so that op follows op without copies.</summary>
/// <remarks>
/// Immutable, as a tensor is. Disposed at the end of a backward pass that made it and gave it to nobody (see <see cref="Pool"/>); otherwise
/// it
/// is freed when the last tensor that refers to it is collected.
/// </remarks>
public abstract class Storage : IDisposable
{
    Array? elements;

    /// <summary>The elements as an array, copied when first asked for.</summary>
    public Array Elements => elements ??= Fetch();

    /// <summary>Copies the elements into a new array, which may not come from the pool: it lives as long as this.</summary>
    protected abstract Array Fetch();

    /// <inheritdoc/>
    public abstract void Dispose();
}
