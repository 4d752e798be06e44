using System.Globalization;

namespace Workbook.Keras;

/// <summary>What a fit returns: every loss and metric at the end of each epoch. Keras: keras.callbacks.History.</summary>
public sealed class History : Callback
{
    const int ShownEpochs = 10;

    readonly List<int> epochs = [];
    readonly Dictionary<string, List<double>> values = [];

    /// <summary>The epochs, counted from 0.</summary>
    public IReadOnlyList<int> epoch => epochs;

    /// <summary>Values per epoch by name, for example history["loss"] or history["val_accuracy"].</summary>
    public IReadOnlyDictionary<string, List<double>> history => values;

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
        epochs.Add(epoch);
        foreach (var (name, value) in logs)
        {
            if (!values.TryGetValue(name, out var list)) values.Add(name, list = []);
            list.Add(value);
        }
    }

    /// <summary>
    /// A table of epochs, losses and metrics to five digits; of a longer fit, ten epochs evenly spread from the first to the last.
    /// </summary>
    public override string ToString()
    {
        var last = epochs.Count - 1;
        var shown = epochs.Count <= ShownEpochs ? Enumerable.Range(0, epochs.Count)
            : Enumerable.Range(0, ShownEpochs).Select(i => (int)Math.Round(i * (double)last / (ShownEpochs - 1)));
        string[][] rows = [["epoch", .. values.Keys],
            .. shown.Select(i => (string[])[Show(epochs[i]), .. values.Values.Select(v => i < v.Count ? Show(v[i]) : "")])];
        var widths = Enumerable.Range(0, values.Count + 1).Select(c => rows.Max(r => r[c].Length)).ToArray();
        return string.Join('\n', rows.Select(r => string.Join("  ", r.Select((cell, c) => cell.PadLeft(widths[c])))));
    }

    static string Show(double value) => value.ToString("G5", CultureInfo.InvariantCulture);
}
