using System.Diagnostics;
using System.Globalization;

namespace Workbook.Keras;

/// <summary>What a fit writes to the console: a bar that moves on a terminal, and one line per epoch where output is kept.</summary>
sealed class Progress(int epochs, int steps, int verbose)
{
    const int Width = 20;

    // By this a host whose output is no terminal says that it follows a carriage return as one does.
    const string variable = "WORKBOOK_CONSOLE";
    readonly Stopwatch clock = new();
    TimeSpan shown;
    int done, length;

    public static TimeSpan Between { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether who reads the output goes back to the start of a line when told so.</summary>
    public bool CarriageReturn { get; init; } = Follows(Console.IsOutputRedirected, Environment.GetEnvironmentVariable(variable));

    /// <summary>The time since the bar was drawn, or since the epoch began.</summary>
    public TimeSpan Since => clock.Elapsed - shown;

    public static bool Follows(bool isRedirected, string? console) => !isRedirected || console == "terminal";

    public void Epoch(int epoch)
    {
        done = 0;
        shown = TimeSpan.Zero;
        clock.Restart();
        if (verbose > 0) Console.WriteLine($"Epoch {epoch + 1}/{epochs}");
    }

    public void Step(int step, Dictionary<string, double> logs)
    {
        done = step;
        if (!Moves || Since < Between) return;
        shown = clock.Elapsed;
        Rewrite($"{Bar()} {Line(logs)}", end: false);
    }

    public void Done(Dictionary<string, double> logs)
    {
        if (verbose == 0) return;
        var line = string.Create(CultureInfo.InvariantCulture, $"{done}/{done} - {clock.Elapsed.TotalSeconds:0.0}s - {Line(logs)}");
        if (Moves) Rewrite(line, end: true);
        else Console.WriteLine(line);
    }

    /// <summary>loss: 0.1234 - accuracy: 0.5000</summary>
    public static string Line(IEnumerable<KeyValuePair<string, double>> logs) =>
        string.Join(" - ",
            logs.Select(
                l => string.Create(CultureInfo.InvariantCulture,
                    $"{l.Key}: {(Math.Abs(l.Value) is > 1e-3 and < 1e4 or 0 ? l.Value.ToString("0.0000", CultureInfo.InvariantCulture) : l.Value.ToString("0.0000e0", CultureInfo.InvariantCulture))}")));

    bool Moves => verbose == 1 && CarriageReturn;

    string Bar()
    {
        if (steps == 0) return $"{done}/?";
        var full = Math.Min(Width, Width * done / steps);
        return $"{done}/{steps} {new string('#', full)}{new string('.', Width - full)}";
    }

    void Rewrite(string line, bool end)
    {
        Console.Write("\r" + line.PadRight(length));
        length = end ? 0 : line.Length;
        if (end) Console.WriteLine();
    }
}
