namespace Workbook.Keras;

/// <summary>
/// Writes the losses, the metrics and the variables that somebody brought in for TensorBoard. Keras: keras.callbacks.TensorBoard.
/// </summary>
/// <remarks>
/// log_dir/train has epoch_loss and so on, log_dir/validation the same of the validation data; learned/NAME is the value of a scalar
/// variable
/// of <see cref="Model.hyper_variables"/>. View them with <c>tensorboard --logdir logs</c>.
/// </remarks>
/// <param name="log_dir">The folder; default logs.</param>
/// <param name="update_freq">"epoch" (default), or "batch" for a batch_loss and so on in every step too.</param>
public sealed class TensorBoard(string log_dir = "logs", string update_freq = "epoch") : Callback
{
    readonly Dictionary<string, EventFile> files = [];
    readonly bool batches = Frequency(update_freq);
    long steps;

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
        if (batches)
            foreach (var (name, value) in logs) Of("train").Add("batch_" + name, value, steps);
        steps++;
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
        foreach (var (name, value) in logs)
            if (name.StartsWith("val_", StringComparison.Ordinal)) Of("validation").Add("epoch_" + name[4..], value, epoch);
            else Of("train").Add("epoch_" + name, value, epoch);
        foreach (var variable in model.hyper_variables.Where(v => v.shape.Size == 1))
            Of("train").Add("learned/" + variable.name, (double)variable, epoch);
        foreach (var file in files.Values) file.Flush();
    }

    /// <inheritdoc/>
    public override void on_train_end(Dictionary<string, double> logs)
    {
        foreach (var file in files.Values) file.Dispose();
        files.Clear();
    }

    EventFile Of(string part)
    {
        if (!files.TryGetValue(part, out var file)) files.Add(part, file = new(Path.Combine(log_dir, part)));
        return file;
    }

    static bool Frequency(string name)
    {
        Spelling.Check("TensorBoard update_freq", name, "epoch", "batch");
        return name == "batch";
    }
}
