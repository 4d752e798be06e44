namespace Workbook.Keras;

/// <summary>
/// Ends a fit at the first step whose loss is not finite, or whose update leaves a variable that is not. Keras:
/// keras.callbacks.TerminateOnNaN, which looks at the loss alone.
/// </summary>
public sealed class TerminateOnNaN : Callback
{
    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
        var loss = !logs.TryGetValue("loss", out var value) || double.IsFinite(value);
        var broken = model.variables.FirstOrDefault(v => !FirstNotFinite.IsFinite(v));
        if (loss && broken is null) return;
        Console.WriteLine($"Batch {batch}: {(loss ? $"the variable '{broken!.name}'" : "the loss")} is not finite, terminating training");
        model.stop_training = true;
    }
}
