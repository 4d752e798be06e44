namespace Workbook.Host.Jupyter.Wire;

/// <summary>
/// The signatures of the last messages. A message that was overheard is signed as it should be, and must not have its effect a second time.
/// </summary>
sealed class SeenSignatures
{
    /// <summary>As many as ipykernel keeps.</summary>
    const int Kept = 1 << 16;

    readonly HashSet<string> known = [];

    readonly Queue<string> order = [];

    readonly Lock changing = new();

    /// <summary>Adds a signature; false when it is known.</summary>
    public bool Add(byte[] signature)
    {
        var text = Convert.ToHexString(signature);
        lock (changing)
        {
            if (!known.Add(text)) return false;
            order.Enqueue(text);
            if (order.Count > Kept) known.Remove(order.Dequeue());
            return true;
        }
    }
}
