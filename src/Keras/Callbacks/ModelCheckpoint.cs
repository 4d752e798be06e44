using System.Globalization;
using System.Text.RegularExpressions;

namespace Workbook.Keras;

/// <summary>Saves the model, or its weights, at the end of epochs; the ending of the file name says which. Keras:
/// keras.callbacks.ModelCheckpoint.</summary>
/// <remarks>
/// The file name may hold the epoch, from 1, and any value of the logs: <c>weights-{epoch:02d}-{val_loss:.2f}.npz</c>, as in Python. What
/// is best
/// counts over all fits that one callback takes part in, as in Keras: training that goes on does not overwrite a better file.
/// </remarks>
public sealed partial class ModelCheckpoint : Callback
{
    readonly string filepath;
    readonly Monitor? monitor;
    readonly bool tells;
    readonly int every;
    readonly Hyperparameter? threshold;
    bool begun;

    /// <summary>A callback that saves.</summary>
    /// <param name="filepath">Where to; it ends in .keras for the whole model, in .weights.h5 or .npz for the weights.</param>
    /// <param name="monitor">The key in the logs that says what is best; default val_loss. Without save_best_only it is not looked
    /// at.</param>
    /// <param name="verbose">1: say so.</param>
    /// <param name="save_best_only">Whether to save only when the value is better than before.</param>
    /// <param name="save_weights_only">Whether the weights alone are saved. Default: as the ending says, which must agree.</param>
    /// <param name="mode">min, max, or auto (default): by the name.</param>
    /// <param name="save_freq">After how many epochs to save; default 1. (Keras counts batches when given a number; ours counts
    /// epochs.)</param>
    /// <param name="initial_value_threshold">A value that must be beaten before anything is saved.</param>
    /// <exception cref="ArgumentException">Another ending, one that save_weights_only does not go with,
    /// or a name for which auto does not know the direction.</exception>
    /// <exception cref="ArgumentOutOfRangeException">save_freq is below 1.</exception>
    public ModelCheckpoint(string filepath, string monitor = "val_loss", int verbose = 0, bool save_best_only = false,
        bool? save_weights_only = null, string mode = "auto", int save_freq = 1, Hyperparameter? initial_value_threshold = null)
    {
        if (!new[] { ".keras", ".weights.h5", ".npz" }.Any(e => ModelFiles.Ends(filepath, e)))
            throw new ArgumentException($"ModelCheckpoint: expected a file name that ends in .keras, .weights.h5 or .npz. Received: {filepath}.");
        if (save_weights_only is { } alone && alone == ModelFiles.Ends(filepath, ".keras"))
            throw new ArgumentException("ModelCheckpoint: expected a file name that ends in "
                + (alone ? ".weights.h5 or .npz with save_weights_only: true" : ".keras with save_weights_only: false")
                + $". Received: {filepath}.");
        if (save_freq < 1)
            throw new ArgumentOutOfRangeException(nameof(save_freq),
            $"ModelCheckpoint: expected at least one epoch between files. Received: {save_freq}.");
        if (save_best_only) this.monitor = new("ModelCheckpoint", monitor, mode, 0);
        (this.filepath, tells, every, threshold) = (filepath, verbose > 0, save_freq, initial_value_threshold);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Dictionary<string, double> logs)
    {
        if (monitor is not null && !begun) monitor.Best = threshold?.Fixed("ModelCheckpoint initial_value_threshold") ?? monitor.Worst;
        begun = true;
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
        if ((epoch + 1) % every != 0) return;
        if (monitor is not null)
        {
            if (monitor.In(logs) is not { } current || !monitor.Better(current, monitor.Best)) return;
            monitor.Best = current;
        }
        var path = Placeholder().Replace(filepath, m => Filled(m, epoch, logs));
        if (ModelFiles.Ends(path, ".keras")) model.save(path);
        else model.save_weights(path);
        if (tells) Console.WriteLine($"Epoch {epoch + 1}: saved the {(ModelFiles.Ends(path, ".keras") ? "model" : "weights")} to {path}");
    }

    static string Filled(Match m, int epoch, Dictionary<string, double> logs)
    {
        var (name, digits) = (m.Groups["name"].Value, m.Groups["digits"].Value);
        if (name == "epoch") return (epoch + 1).ToString("D" + (digits.Length > 0 ? digits : "1"), CultureInfo.InvariantCulture);
        if (!logs.TryGetValue(name, out var value))
            throw new ArgumentException($"ModelCheckpoint: expected epoch or a key of the logs in the file name. Received: '{name}'. "
                + $"{Spelling.Suggest(name, logs.Keys)}");
        return value.ToString(m.Groups["places"] is { Success: true } places ? "F" + places.Value : "R", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\{(?<name>\w+)(:0?(?<digits>\d*)d?(\.(?<places>\d+)f)?)?\}")]
    private static partial Regex Placeholder();
}
