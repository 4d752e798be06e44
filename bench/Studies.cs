using Workbook.Helpers;

namespace Workbook.Benchmarks;

/// <summary>Makes the tables of many seeds that the notebooks read: data/studies/NAME.csv.</summary>
static class Studies
{
    static readonly Dictionary<string, (int Seeds, Func<int, IReadOnlyDictionary<string, double>> Run)> all = new()
    {
        ["brought-remarks"] = (24, BroughtRemarks.Run),
        ["cheap-digits"] = (24, CheapDigits.Run),
        ["early-digits"] = (24, EarlyDigits.Run),
        ["how-many-strengths"] = (30, HowManyStrengths.Run),
        ["noisy-digits"] = (24, NoisyDigits.Run),
        ["hyper-digits"] = (24, HyperDigits.Run),
        ["task-transforms"] = (10, TaskTransforms.Run),
        ["requirements"] = (24, Requirements.Run),
        ["skip-scalars"] = (24, SkipScalars.Run),
        ["two-losses"] = (24, TwoLosses.Run),
        ["variational-digits"] = (24, VariationalDigits.Run),
        ["wrong-labels"] = (24, WrongLabels.Run),
    };

    /// <summary>Runs all seeds of a study, says how far the numbers are from the stored ones, and replaces those.</summary>
    public static int Run(string name)
    {
        if (!all.TryGetValue(name, out var study))
        {
            Console.Error.WriteLine($"Expected one of the studies {string.Join(", ", all.Keys)}. Received: {name}.");
            return 2;
        }
        var now = Study.Run(name, Enumerable.Range(1, study.Seeds), study.Run);
        var path = Path.Combine("data", "studies", $"{name}.csv");
        Console.WriteLine(File.Exists(path) ? $"Largest difference to what was stored: {now.Distance(Study.Stored(name)):G3}." : "It is new.");
        now.Write(path);
        foreach (var column in now.Columns) Console.WriteLine($"{column,-24} {now.Mean(column).ToString("F4")}");
        return 0;
    }
}
