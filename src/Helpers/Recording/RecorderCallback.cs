using Workbook.Keras;

namespace Workbook.Helpers;

/// <summary>Records each step of a fit; steps count on over epochs and fits.</summary>
sealed class RecorderCallback(Recorder recorder) : Callback
{
    int step;

    public override void on_train_batch_end(int batch, Dictionary<string, double> logs) => recorder.Record(++step, model, logs["loss"]);
}
