namespace Workbook.Keras;

/// <summary>Sets the learning rate before each epoch. Keras: keras.callbacks.LearningRateScheduler.</summary>
/// <param name="schedule">From the epoch (from 0) and the current rate to the new one.</param>
/// <param name="verbose">1: say so.</param>
public sealed class LearningRateScheduler(Func<int, double, double> schedule, int verbose = 0) : Callback
{
    /// <summary>Sets the learning rate before each epoch to what a function of variables gives, whatever it was.</summary>
    /// <param name="schedule">From the epoch (from 0) to the rate, a scalar. No gradient of a loss reaches the variables that it reads,
    /// which the first epoch says.</param>
    /// <param name="verbose">1: say so.</param>
    public LearningRateScheduler(Func<int, Operand> schedule, int verbose = 0)
        : this((epoch, _) => Hyperparameter.Of(() => schedule(epoch).value()).Fixed("LearningRateScheduler"), verbose)
    {
    }

    /// <summary>Sets the learning rate before each epoch, whatever it was.</summary>
    /// <param name="schedule">From the epoch (from 0) to the rate.</param>
    /// <param name="verbose">1: say so.</param>
    public LearningRateScheduler(Func<int, double> schedule, int verbose = 0) : this((epoch, _) => schedule(epoch), verbose)
    {
    }

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Dictionary<string, double> logs)
    {
        var optimizer = model.optimizer!;
        optimizer.learning_rate = schedule(epoch, optimizer.learning_rate);
        if (verbose > 0)
            Console.WriteLine(FormattableString.Invariant($"Epoch {epoch + 1}: the learning rate is {optimizer.learning_rate:G6}"));
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs) => logs["learning_rate"] = model.optimizer!.learning_rate;
}
