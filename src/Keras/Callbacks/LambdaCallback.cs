namespace Workbook.Keras;

/// <summary>A callback made of functions. Keras: keras.callbacks.LambdaCallback.</summary>
/// <param name="on_epoch_begin">Gets the epoch and the logs.</param>
/// <param name="on_epoch_end">Gets the epoch and the logs.</param>
/// <param name="on_train_begin">Gets the logs.</param>
/// <param name="on_train_end">Gets the logs.</param>
/// <param name="on_train_batch_begin">Gets the step and the logs.</param>
/// <param name="on_train_batch_end">Gets the step and the logs.</param>
public sealed class LambdaCallback(
    Action<int, Dictionary<string, double>>? on_epoch_begin = null, Action<int, Dictionary<string, double>>? on_epoch_end = null,
    Action<Dictionary<string, double>>? on_train_begin = null, Action<Dictionary<string, double>>? on_train_end = null,
    Action<int, Dictionary<string, double>>? on_train_batch_begin = null,
        Action<int, Dictionary<string, double>>? on_train_batch_end = null) : Callback
{
    readonly Action<int, Dictionary<string, double>>? epochBegin = on_epoch_begin, epochEnd = on_epoch_end,
        batchBegin = on_train_batch_begin, batchEnd = on_train_batch_end;
    readonly Action<Dictionary<string, double>>? trainBegin = on_train_begin, trainEnd = on_train_end;

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Dictionary<string, double> logs) => epochBegin?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs) => epochEnd?.Invoke(epoch, logs);

    /// <inheritdoc/>
    public override void on_train_begin(Dictionary<string, double> logs) => trainBegin?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_train_end(Dictionary<string, double> logs) => trainEnd?.Invoke(logs);

    /// <inheritdoc/>
    public override void on_train_batch_begin(int batch, Dictionary<string, double> logs) => batchBegin?.Invoke(batch, logs);

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Dictionary<string, double> logs) => batchEnd?.Invoke(batch, logs);
}
