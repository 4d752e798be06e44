using System.Diagnostics;
using System.Globalization;

namespace Workbook.Benchmarks;

/// <summary>Other programs on the same work in the same run: each answers "workload milliseconds" with "median best" in µs.</summary>
static class Peers
{
    /// <summary>
    /// Measures ours and every peer in turns, and prints by what factor ours is faster (ratio of medians over the rounds).
    /// </summary>
    /// <param name="commands">name=command, for example tf.function="python serve.py function".</param>
    /// <param name="rounds">How often each is asked.</param>
    /// <param name="all">The work; null: that of <see cref="Workloads"/>.</param>
    public static void Run(string[] commands, int rounds = 5, Dictionary<string, Action>? all = null)
    {
        var peers = new List<(string Name, Process Process)>();
        foreach (var command in commands)
        {
            var (name, line) = command.Split('=', 2) is [var n, var l] ? (n, l)
                : throw new ArgumentException($"peers: expected name=command. Received: '{command}'.");
            try
            {
                var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var process =
                    Process.Start(
                        new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
                if (process.StandardOutput.ReadLine() is null) throw new InvalidOperationException("it ended before it was ready");
                peers.Add((name, process));
            }
            catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
            {
                Console.WriteLine($"missing peer {name}: {line} ({e.Message})");
            }
        }
        all ??= Workloads.All();
        Console.WriteLine($"{"workload",-8} {"ours µs",10}{string.Concat(peers.Select(p => $"{p.Name,22}"))}");
        foreach (var (work, action) in all.Where(w => w.Key[0] is not 'r' and not 'f'))
        {
            var ours = new List<double>();
            var theirs = peers.Select(_ => new List<double>()).ToList();
            for (var round = 0; round < rounds; round++)
            {
                ours.Add(Stopwatches.Measure(action, 150, round == 0 ? 300 : 20).Median);
                for (var i = 0; i < peers.Count; i++)
                {
                    peers[i].Process.StandardInput.WriteLine($"{work} 150");
                    var answer = peers[i].Process.StandardOutput.ReadLine()
                        ?? throw new InvalidOperationException($"{peers[i].Name} ended while measuring {work}.");
                    theirs[i].Add(double.Parse(answer.Split(' ')[0], CultureInfo.InvariantCulture));
                }
            }
            Console.WriteLine(
                $"{work,-8} {Middle(ours),10:F2}{string.Concat(theirs.Select(t => $"{$"{Middle(t):F1} µs x{Middle(t) / Middle(ours):F1}",22}"))}");
        }
        foreach (var (_, process) in peers) process.Kill(entireProcessTree: true);
    }

    static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
