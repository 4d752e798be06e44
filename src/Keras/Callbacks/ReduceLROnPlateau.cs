namespace Workbook.Keras;

/// <summary>Lowers the learning rate when a value has stopped getting better. Keras: keras.callbacks.ReduceLROnPlateau.</summary>
/// <remarks>
/// rate = max(rate · factor, min_lr). The logs get the rate that the epoch was trained with. During the cooldown nothing is counted.
/// </remarks>
public sealed class ReduceLROnPlateau : Callback
{
    readonly Monitor monitor;
    readonly Hyperparameter factor, lowest;
    readonly int patience, cooldown;
    readonly bool tells;
    int wait, resting;

    /// <summary>A callback that lowers the learning rate.</summary>
    /// <param name="monitor">The key in the logs; default val_loss.</param>
    /// <param name="factor">What the rate is multiplied by, below 1; default 0.1.</param>
    /// <param name="patience">After how many epochs without progress; default 10.</param>
    /// <param name="verbose">1: say so.</param>
    /// <param name="mode">min, max, or auto (default): by the name.</param>
    /// <param name="min_delta">How much better counts as better; default 0.0001.</param>
    /// <param name="cooldown">How many epochs to wait after lowering; default 0.</param>
    /// <param name="min_lr">The lowest rate; default 0.</param>
    /// <exception cref="ArgumentException">A factor of 1 or more.</exception>
    public ReduceLROnPlateau(string monitor = "val_loss", Hyperparameter? factor = null, int patience = 10, int verbose = 0,
        string mode = "auto",
        Hyperparameter? min_delta = null, int cooldown = 0, Hyperparameter? min_lr = null)
    {
        if (factor is not null && !((double)factor < 1))
            throw new ArgumentException($"ReduceLROnPlateau: expected a factor below 1. Received: {(double)factor}.");
        this.monitor = new("ReduceLROnPlateau", monitor, mode, min_delta ?? 1e-4);
        (this.factor, this.patience, tells, this.cooldown, lowest) = (factor ?? 0.1, patience, verbose > 0, cooldown, min_lr ?? 0);
    }

    /// <inheritdoc/>
    public override void on_train_begin(Dictionary<string, double> logs)
    {
        (wait, resting, monitor.Best) = (0, 0, monitor.Worst);
        monitor.Say();
        _ = (Factor, Lowest);
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
        var optimizer = model.optimizer!;
        logs["learning_rate"] = optimizer.learning_rate;
        if (monitor.In(logs) is not { } current) return;
        if (resting > 0)
        {
            resting--;
            wait = 0;
        }
        if (monitor.Better(current, monitor.Best))
        {
            (monitor.Best, wait) = (current, 0);
            return;
        }
        if (resting > 0 || ++wait < patience || optimizer.learning_rate <= Lowest) return;
        optimizer.learning_rate = Math.Max(optimizer.learning_rate * Factor, Lowest);
        if (tells)
            Console.WriteLine(
                FormattableString.Invariant(
                    $"Epoch {epoch + 1}: ReduceLROnPlateau lowers the learning rate to {optimizer.learning_rate:G6}"));
        (resting, wait) = (cooldown, 0);
    }

    double Factor => factor.Fixed("ReduceLROnPlateau factor");

    double Lowest => lowest.Fixed("ReduceLROnPlateau min_lr");
}
