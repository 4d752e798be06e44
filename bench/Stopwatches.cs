using System.Diagnostics;

namespace Workbook.Benchmarks;

/// <summary>How long one call takes.</summary>
/// <param name="Median">µs, the middle of the batches.</param>
/// <param name="Best">µs, the fastest batch.</param>
record Time(double Median, double Best);

static class Stopwatches
{
    /// <summary>Runs an action in batches of at least 1 ms for a while, after a time in which the JIT settles.</summary>
    public static Time Measure(Action action, double milliseconds = 150, double warmUp = 300)
    {
        var batch = 1;
        for (var warm = Stopwatch.StartNew(); warm.Elapsed.TotalMilliseconds < warmUp;)
        {
            var one = Stopwatch.StartNew();
            for (var i = 0; i < batch; i++) action();
            if (one.Elapsed.TotalMilliseconds < 1) batch *= 2;
        }
        var times = new List<double>();
        for (var all = Stopwatch.StartNew(); all.Elapsed.TotalMilliseconds < milliseconds || times.Count < 3;)
        {
            var one = Stopwatch.StartNew();
            for (var i = 0; i < batch; i++) action();
            times.Add(one.Elapsed.TotalMicroseconds / batch);
        }
        times.Sort();
        return new(times[times.Count / 2], times[0]);
    }
}
