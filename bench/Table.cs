using System.Diagnostics;

namespace Workbook.Benchmarks;

/// <summary>The table of our own figures.</summary>
static class Table
{
    public static void Print()
    {
        Cold();
        var all = Workloads.All();
        Console.WriteLine($"\n{"workload",-44} {"median µs",10} {"best µs",10} {"bytes/call",11} {"gen2 per 1000",14}");
        foreach (var (kind, name) in Workloads.Kinds)
            for (var i = 0; i < Workloads.Nets.Length; i++)
                Row($"{name}, {Workloads.Nets[i]}", all[$"{kind}{i + 1}"], kind == "f" ? Net.FitSteps : 1);
        Row("third derivative of x³", all["pow"]);
        Console.WriteLine();
        Products.Print();
    }

    static void Row(string name, Action action, int steps = 1)
    {
        var time = Stopwatches.Measure(action, 400);
        var (bytes, gen2) = (GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(2));
        for (var i = 0; i < 1000; i += steps) action();
        bytes = (GC.GetAllocatedBytesForCurrentThread() - bytes) / 1000;
        Console.WriteLine($"{name,-44} {time.Median / steps,10:F2} {time.Best / steps,10:F2} {bytes,11} {GC.CollectionCount(2) - gen2,14}");
    }

    /// <summary>A fresh process, as the first cell of a notebook meets it.</summary>
    static void Cold()
    {
        var clock = Stopwatch.StartNew();
        var net = new Net(32, 64, 64, 32, 10);
        net.Step();
        var first = clock.Elapsed.TotalMilliseconds;
        clock.Restart();
        for (var i = 0; i < 100; i++) net.Step();
        Console.WriteLine(
            $"cold process, {Workloads.Nets[1]}: first step {first:F1} ms, steps 2 to 101 {clock.Elapsed.TotalMicroseconds / 100:F1} µs "
                + "each");
    }
}
