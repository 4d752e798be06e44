namespace Workbook.Helpers;

/// <summary>
/// Steps in bounded memory: when the capacity is reached every second one is dropped, and from then on only every second one is kept. The
/// first and the latest stay.
/// </summary>
sealed class KeptSteps(int capacity)
{
    readonly List<RecordedStep> kept = [];
    long records;

    /// <summary>How many steps one kept step stands for.</summary>
    public int Stride { get; private set; } = 1;

    public RecordedStep? Latest { get; private set; }

    /// <summary>The kept steps and the latest one.</summary>
    public IEnumerable<RecordedStep> All => Latest is null || ReferenceEquals(kept[^1], Latest) ? kept : kept.Append(Latest);

    public void Add(RecordedStep step)
    {
        Latest = step;
        if (records++ % Stride != 0) return;
        if (kept.Count == capacity)
        {
            for (var i = kept.Count - 1; i > 0; i--)
                if (i % 2 != 0) kept.RemoveAt(i);
            Stride *= 2;
            if ((records - 1) % Stride != 0) return;
        }
        kept.Add(step);
    }
}
