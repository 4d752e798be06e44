using Workbook.Benchmarks;

Net[] nets = [new(1, 10, 64, 10), new(32, 64, 64, 32, 10), new(128, 784, 64, 32, 10)];
foreach (var net in nets)
{
    void Show(string name, Action a)
    {
        a();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) a();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        var t = Stopwatches.Measure(a, 500);
        Console.WriteLine($"{net.Name} {name}: {t.Median:F2} us best {t.Best:F2}, {bytes} B");
    }
    Show("step", () => net.Step());
    Show("grads", () => net.Gradients());
    Show("second", () => net.SecondOrder());
    Show("predict", () => net.Predict());
}
