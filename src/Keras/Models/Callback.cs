namespace Workbook.Keras;

/// <summary>Code that a fit runs at fixed moments. Keras: keras.callbacks.Callback. Override what you need.</summary>
/// <remarks>Logs hold the losses and metrics by name; what a callback adds to them, later callbacks and the history see.</remarks>
public abstract class Callback
{
    Model? fitted;

    /// <summary>The model that is being fitted.</summary>
    /// <exception cref="ModelException">No fit has begun.</exception>
    public Model model => fitted ?? throw new ModelException($"{GetType().Name}: expected to be used by a fit. Received: no model yet.");

    /// <summary>The arguments of the fit.</summary>
    public FitParameters @params { get; private set; } = new(0, 0, 0);

    internal void Attach(Model model, FitParameters parameters) => (fitted, @params) = (model, parameters);

    /// <summary>Before the first epoch.</summary>
    public virtual void on_train_begin(Dictionary<string, double> logs)
    {
    }

    /// <summary>After the last epoch; the logs are those of its end.</summary>
    public virtual void on_train_end(Dictionary<string, double> logs)
    {
    }

    /// <summary>
    /// After a fit, also when a step or a callback threw: give back here what <see cref="on_train_begin"/> took. Ours; the last callback
    /// comes first.
    /// </summary>
    public virtual void Release()
    {
    }

    /// <summary>
    /// A term for the loss of each training step of the fit, a scalar; null: none. Evaluations do without it. Ours: a requirement that has
    /// a
    /// price adds the price here.
    /// </summary>
    /// <remarks>It is asked for once a step, before the update, under the tape: its gradient moves the weights.</remarks>
    /// <param name="y_true">The targets by output; null where an output has none.</param>
    /// <param name="y_pred">The predictions by output.</param>
    public virtual Tensor? Term(IReadOnlyList<Tensor?> y_true, IReadOnlyList<Tensor> y_pred) => null;

    /// <summary>Before an epoch, counted from 0.</summary>
    public virtual void on_epoch_begin(int epoch, Dictionary<string, double> logs)
    {
    }

    /// <summary>After an epoch and its validation.</summary>
    public virtual void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
    }

    /// <summary>Before a step, counted from 0 in its epoch.</summary>
    public virtual void on_train_batch_begin(int batch, Dictionary<string, double> logs)
    {
    }

    /// <summary>After a step; the logs are means over the epoch so far.</summary>
    public virtual void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
    }

    /// <summary>Before an evaluation, also that of a fit.</summary>
    public virtual void on_test_begin(Dictionary<string, double> logs)
    {
    }

    /// <summary>After an evaluation.</summary>
    public virtual void on_test_end(Dictionary<string, double> logs)
    {
    }

    /// <summary>Before a batch of an evaluation, counted from 0.</summary>
    public virtual void on_test_batch_begin(int batch, Dictionary<string, double> logs)
    {
    }

    /// <summary>After a batch of an evaluation; the logs are means so far.</summary>
    public virtual void on_test_batch_end(int batch, Dictionary<string, double> logs)
    {
    }

    /// <summary>Before predictions.</summary>
    public virtual void on_predict_begin(Dictionary<string, double> logs)
    {
    }

    /// <summary>After predictions.</summary>
    public virtual void on_predict_end(Dictionary<string, double> logs)
    {
    }

    /// <summary>Before a batch of predictions, counted from 0.</summary>
    public virtual void on_predict_batch_begin(int batch, Dictionary<string, double> logs)
    {
    }

    /// <summary>After a batch of predictions. Keras has them in the logs; numbers alone are in ours, so none.</summary>
    public virtual void on_predict_batch_end(int batch, Dictionary<string, double> logs)
    {
    }
}
