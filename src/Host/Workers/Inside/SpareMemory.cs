namespace Workbook.Host.Workers.Inside;

/// <summary>
/// Gives back what the collector keeps for later: after many cells, and when nothing has happened for a while. Measured after 1,000 cells:
/// 32 of 58 MB, and the assemblies of cells that others have taken the place of.
/// </summary>
sealed class SpareMemory
{
    const int Often = 64;

    /// <summary>To go through more takes longer than a cell may wait, and what is spare is the smaller part of it.</summary>
    const long Most = 256 << 20;

    static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    readonly Timer timer;

    volatile bool isBusy;

    int cells;

    /// <summary>Nothing has happened yet.</summary>
    public SpareMemory() => timer = new Timer(_ => Give());

    /// <summary>A cell begins: the memory is its own until it ends.</summary>
    public void BeforeCell()
    {
        isBusy = true;
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A cell has ended, and its end has been told.</summary>
    public void AfterCell()
    {
        isBusy = false;
        if (++cells % Often == 0) Give();
        AfterQuestion();
    }

    /// <summary>A question was answered.</summary>
    public void AfterQuestion()
    {
        if (!isBusy) timer.Change(Quiet, Timeout.InfiniteTimeSpan);
    }

    static void Give()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) >= Most) return;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
