namespace Workbook.Keras;

/// <summary>What a fit returns: every loss and metric at the end of each epoch. Keras: keras.callbacks.History.</summary>
public sealed class History : Callback
{
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
}
