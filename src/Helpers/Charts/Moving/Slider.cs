using System.Globalization;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>One figure for a list of values, with a slider that goes from one to the next.</summary>
public static class Slider
{
    /// <summary>Runs a function for each of some values and shows its figures as the states of one.</summary>
    /// <remarks>
    /// The slider is that of plotly.js, and its steps carry their states, so it works wherever plotly.js draws: in VS Code, in
    /// JupyterLab, in pages of nbconvert. Published pages and .NET Interactive have one for the keyboard. Without a script the figure
    /// stands at <paramref name="at"/>. The axes show the same range in all states. A state that throws is told in a line
    /// that begins with "✗ ", which fails the run; the others are shown.
    /// </remarks>
    /// <typeparam name="T">What is varied.</typeparam>
    /// <param name="name">What is varied, in words: it stands before the value.</param>
    /// <param name="values">The values, at least two, in the order of the slider.</param>
    /// <param name="figure">Makes the figure of a value.</param>
    /// <param name="at">The value of the still.</param>
    /// <param name="label">A value in words; by default numbers with up to seven digits.</param>
    /// <exception cref="ArgumentException">There are fewer than two values, two are equal, <paramref name="at"/> is none of them, or the
    /// figure with all its states is larger than 300 KB.</exception>
    /// <exception cref="AggregateException">No state could be made.</exception>
    public static Figure Over<T>(string name, IReadOnlyList<T> values, Func<T, Figure> figure, T at, Func<T, string>? label = null)
    {
        label ??= v => v is double or float ? Show(Convert.ToDouble(v, CultureInfo.InvariantCulture))
            : Convert.ToString(v, CultureInfo.InvariantCulture) ?? "";
        string[] labels = [.. values.Select(label)];
        if (values.Count < 2)
            throw new ArgumentException($"Slider '{name}': expected at least two values. Received: "
                + $"{(values.Count == 0 ? "none" : labels[0])}. Show the figure itself, or add values.");
        if (labels.GroupBy(l => l).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new ArgumentException($"Slider '{name}': expected values that differ. Received: {same.Key} {same.Count()} times. "
                + "Leave one out, or give label: a function with more digits.");
        var still = Array.IndexOf(labels, label(at));
        if (still < 0)
            throw new ArgumentException($"Slider '{name}': expected at to be one of {string.Join(", ", labels)}. Received: {label(at)}. "
                + "The still shows one of the states.");

        var states = new List<(string Label, Figure Figure)>();
        var failures = new List<(string Label, Exception Error)>();
        for (var i = 0; i < values.Count; i++)
            try
            {
                states.Add((labels[i], figure(values[i])
                    ?? throw new InvalidOperationException("Expected a figure. Received: null. Let the function return one.")));
            }
            catch (Exception e) when (e is not (ThreadInterruptedException or OperationCanceledException))
            {
                failures.Add((labels[i], e));
            }
        if (states.Count == 0)
            throw new AggregateException($"Slider '{name}': expected figures. Received: an error in each of {values.Count} states, "
                + $"at {failures[0].Label} {failures[0].Error.GetType().Name}: {failures[0].Error.Message}", failures.Select(f => f.Error));
        foreach (var (where, error) in failures)
            Console.WriteLine($"✗ Slider '{name}': the state {where} failed: {error.GetType().Name}: {error.Message}");
        var shown = states.FindIndex(s => s.Label == labels[still]);
        return new MovingFigure("slider", name, states, shown < 0 ? 0 : shown).Checked();
    }
}
