namespace Workbook.Keras;

/// <summary>
/// The batches of a fit, epoch by epoch: once through the data, or, with a number of steps, on from where the last epoch ended.
/// </summary>
/// <param name="once">Goes through the data from their beginning.</param>
/// <param name="steps">How many batches make an epoch; null: all.</param>
sealed class EpochData(Func<IEnumerable<Item>> once, int? steps) : IDisposable
{
    IEnumerator<Item>? going;

    /// <summary>Whether the data ended before the steps of an epoch did.</summary>
    public bool RanOut { get; private set; }

    /// <summary>Whether an epoch of steps has had a batch.</summary>
    public bool HasGiven { get; private set; }

    /// <summary>The batches of the next epoch.</summary>
    public IEnumerable<Item> Next()
    {
        if (steps is null)
        {
            foreach (var item in once()) yield return item;
            yield break;
        }
        going ??= once().GetEnumerator();
        for (var i = 0; i < steps; i++)
        {
            if (!going.MoveNext())
            {
                RanOut = true;
                yield break;
            }
            HasGiven = true;
            yield return going.Current;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => going?.Dispose();
}
