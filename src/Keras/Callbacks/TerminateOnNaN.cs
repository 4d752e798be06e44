namespace Workbook.Keras;

/// <summary>Ends a fit at the first step whose loss is not finite. Keras: keras.callbacks.TerminateOnNaN.</summary>
public sealed class TerminateOnNaN : Callback
{
    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
        if (!logs.TryGetValue("loss", out var loss) || double.IsFinite(loss)) return;
        Console.WriteLine($"Batch {batch}: the loss is not finite, terminating training");
        model.stop_training = true;
    }
}
