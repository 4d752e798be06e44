namespace Workbook.Keras;

/// <summary>Ends a fit when a value has stopped getting better. Keras: keras.callbacks.EarlyStopping.</summary>
/// <remarks>
/// Better means better by more than min_delta. Patience 0 and 1 both end at the first epoch (after the first) that is no better. A baseline
/// gates only the reset of the wait. restore_best_weights restores at the end of the fit even if it was never cut short, as in Keras 3.
/// </remarks>
public sealed class EarlyStopping : Callback
{
    readonly Monitor monitor;
    readonly int patience, start;
    readonly bool restore, tells;
    readonly Hyperparameter? baseline;
    IReadOnlyList<Tensor>? bestWeights;
    int wait;

    /// <summary>A callback that ends a fit.</summary>
    /// <param name="monitor">The key in the logs; default val_loss.</param>
    /// <param name="min_delta">How much better counts as better; default 0.</param>
    /// <param name="patience">After how many epochs without progress to end; default 0.</param>
    /// <param name="verbose">1: say so.</param>
    /// <param name="mode">min, max, or auto (default): by the name.</param>
    /// <param name="baseline">A value to reach.</param>
    /// <param name="restore_best_weights">Whether the model gets the weights of the best epoch back.</param>
    /// <param name="start_from_epoch">Epochs to let pass first.</param>
    /// <exception cref="ArgumentException">A name for which auto does not know the direction.</exception>
    public EarlyStopping(string monitor = "val_loss", Hyperparameter? min_delta = null, int patience = 0, int verbose = 0,
        string mode = "auto",
        Hyperparameter? baseline = null, bool restore_best_weights = false, int start_from_epoch = 0)
    {
        this.monitor = new("EarlyStopping", monitor, mode, min_delta ?? 0);
        (this.patience, tells, this.baseline, restore, start) = (patience, verbose > 0, baseline, restore_best_weights, start_from_epoch);
    }

    /// <summary>The epoch, from 0, at whose end the fit was ended; 0 if it was not.</summary>
    public int stopped_epoch { get; private set; }

    /// <summary>The best epoch, from 0.</summary>
    public int best_epoch { get; private set; }

    /// <inheritdoc/>
    public override void on_train_begin(Dictionary<string, double> logs)
    {
        (wait, stopped_epoch, best_epoch, bestWeights, monitor.Best) = (0, 0, 0, null, monitor.Worst);
        monitor.Say();
        _ = Baseline;
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
        if (monitor.In(logs) is not { } current || epoch < start) return;
        if (restore && bestWeights is null) (bestWeights, best_epoch) = (model.get_weights(), epoch);
        wait++;
        if (monitor.Better(current, monitor.Best))
        {
            (monitor.Best, best_epoch) = (current, epoch);
            if (restore) bestWeights = model.get_weights();
            if (Baseline is not { } goal || monitor.Better(current, goal)) wait = 0;
            return;
        }
        if (wait < patience || epoch == 0) return;
        stopped_epoch = epoch;
        model.stop_training = true;
    }

    /// <inheritdoc/>
    public override void on_train_end(Dictionary<string, double> logs)
    {
        if (tells && stopped_epoch > 0) Console.WriteLine($"Epoch {stopped_epoch + 1}: early stopping");
        if (bestWeights is not null) model.set_weights(bestWeights);
    }

    double? Baseline => baseline?.Fixed("EarlyStopping baseline");
}
