using System.Diagnostics.CodeAnalysis;

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

    /// <summary>The terms that callbacks add to the loss of a step; null where none of them ever does.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "ILLink.Descriptors.xml keeps every method of this assembly, and a "
        + "method that overrides is kept with it.")]
    public Func<IReadOnlyList<Tensor?>, IReadOnlyList<Tensor>, IReadOnlyList<(string Name, Tensor Value)>>? Terms =>
        Array.Exists(callbacks, c => new Func<IReadOnlyList<Tensor?>, IReadOnlyList<Tensor>, Tensor?>(c.Term).Method.DeclaringType
            != typeof(Callback)) ? AllTerms : null;

    IReadOnlyList<(string Name, Tensor Value)> AllTerms(IReadOnlyList<Tensor?> y_true, IReadOnlyList<Tensor> y_pred) =>
    [
        .. callbacks.Select(c => (Name: $"the term of the callback {c.GetType().Name}", Value: c.Term(y_true, y_pred)))
            .Where(t => t.Value is not null).Select(t => (t.Name, t.Value!)),
    ];

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

    public override void on_test_batch_begin(int batch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_test_batch_begin(batch, logs));

    public override void on_test_batch_end(int batch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_test_batch_end(batch, logs));

    public override void on_predict_begin(Dictionary<string, double> logs) => Array.ForEach(callbacks, c => c.on_predict_begin(logs));

    public override void on_predict_end(Dictionary<string, double> logs) => Array.ForEach(callbacks, c => c.on_predict_end(logs));

    public override void on_predict_batch_begin(int batch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_predict_batch_begin(batch, logs));

    public override void on_predict_batch_end(int batch, Dictionary<string, double> logs) =>
        Array.ForEach(callbacks, c => c.on_predict_batch_end(batch, logs));
}
