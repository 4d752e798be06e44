namespace Workbook.Keras;

/// <summary>Several callbacks as one, in their order.</summary>
sealed class CallbackList : Callback
{
    readonly Callback[] callbacks;

    public CallbackList(Callback[] callbacks, Model model, FitParameters parameters)
    {
        this.callbacks = callbacks;
        foreach (var callback in callbacks) callback.Attach(model, parameters);
    }

    public override void on_train_begin(Dictionary<string, double> logs) => Array.ForEach(callbacks, c => c.on_train_begin(logs));

    public override void on_train_end(Dictionary<string, double> logs) => Array.ForEach(callbacks, c => c.on_train_end(logs));

    /// <summary>The last one first, since what it took the ones before it had taken already.</summary>
    public override void Release()
    {
        foreach (var callback in callbacks.Reverse()) callback.Release();
    }

    public override void on_epoch_begin(int epoch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_epoch_begin(epoch, logs));

    public override void on_epoch_end(int epoch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_epoch_end(epoch, logs));

    public override void on_train_batch_begin(int batch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_train_batch_begin(batch, logs));

    public override void on_train_batch_end(int batch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_train_batch_end(batch, logs));

    public override void on_test_begin(Dictionary<string, double> logs) => Array.ForEach(callbacks, c => c.on_test_begin(logs));

    public override void on_test_end(Dictionary<string, double> logs) => Array.ForEach(callbacks, c => c.on_test_end(logs));
}
