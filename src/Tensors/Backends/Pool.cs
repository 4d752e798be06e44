namespace Workbook.Tensors.Backends;

/// <summary>
/// Arrays, and memory of a foreign backend, that live only during a backward pass: lent while it runs, taken back at its end, except for
/// those of the gradients it found.
/// </summary>
/// <remarks>
/// A training step asks for the same sizes again and again; from the garbage collector they would be cold memory each time (1.3 to 1.6
/// times
/// the step, up to 2.2 times at second order). Users need no rule: forward results and gradients are ordinary arrays. One pool per thread.
/// </remarks>
sealed class Pool
{
    /// <summary>Shorter arrays are cheaper to make than to look up.</summary>
    const int Shortest = 32;

    /// <summary>What a pool keeps at most between passes, in bytes.</summary>
    const long Most = 256L << 20;

    [ThreadStatic] static Pool? own;
    [ThreadStatic] static Pool? open;

    readonly Dictionary<int, Stack<float[]>> singles = [];
    readonly Dictionary<int, Stack<double[]>> doubles = [];
    readonly List<Array> lent = [];
    readonly List<Storage> foreign = [];
    long kept;

    /// <summary>Whether a pass is open on this thread.</summary>
    public static bool IsOpen => open is not null;

    /// <summary>An array whose elements are not set: pooled while a pass is open on this thread, else from the garbage
    /// collector.</summary>
    public static T[] New<T>(int size)
    {
        if (open is null || size < Shortest || (typeof(T) != typeof(float) && typeof(T) != typeof(double)))
            return GC.AllocateUninitializedArray<T>(size);
        return typeof(T) == typeof(float) ? (T[])(object)open.Lend(open.singles, size) : (T[])(object)open.Lend(open.doubles, size);
    }

    T[] Lend<T>(Dictionary<int, Stack<T[]>> shelves, int size)
    {
        var array = shelves.TryGetValue(size, out var shelf) && shelf.Count > 0 ? shelf.Pop() : null;
        if (array is null) array = GC.AllocateUninitializedArray<T>(size);
        else kept -= Buffer.ByteLength(array);
        lent.Add(array);
        return array;
    }

    /// <summary>
    /// Says that a foreign backend has made this: it is freed at the end of the pass that is open on this thread, if one is.
    /// </summary>
    public static void Lend(Storage storage) => open?.foreign.Add(storage);

    /// <summary>Opens the pool for a pass; false when one is open already, and nothing is to be closed then.</summary>
    public static bool Open()
    {
        if (open is not null) return false;
        open = own ??= new();
        return true;
    }

    /// <summary>Closes the pass and takes everything back that no result refers to; after a failure nothing is taken back.</summary>
    public static void Close(Tensor?[]? results)
    {
        var pool = open!;
        open = null;
        if (results is not null)
        {
            foreach (var array in pool.lent)
                if (!Array.Exists(results, r => r is not null && r.Holds(array))) pool.Keep(array);
            foreach (var storage in pool.foreign)
                if (!Array.Exists(results, r => ReferenceEquals(r?.Storage, storage))) storage.Dispose();
        }
        pool.lent.Clear();
        pool.foreign.Clear();
    }

    void Keep(Array array)
    {
        var bytes = Buffer.ByteLength(array);
        if (kept + bytes > Most) return;
        kept += bytes;
        if (array is float[] f) Shelf(singles, f.Length).Push(f);
        else Shelf(doubles, array.Length).Push((double[])array);
    }

    static Stack<T[]> Shelf<T>(Dictionary<int, Stack<T[]>> shelves, int size)
    {
        if (!shelves.TryGetValue(size, out var shelf)) shelves[size] = shelf = [];
        return shelf;
    }

    /// <summary>Runs a user's function outside the pass: it may hold what it is given and what it makes.</summary>
    public static T Outside<T>(Tensor given, Func<T> function)
    {
        var was = open;
        was?.lent.RemoveAll(given.Holds);
        was?.foreign.RemoveAll(storage => ReferenceEquals(storage, given.Storage));
        open = null;
        try
        {
            return function();
        }
        finally
        {
            open = was;
        }
    }
}
