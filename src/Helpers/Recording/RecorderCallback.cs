using Workbook.Keras;

namespace Workbook.Helpers;

/// <summary>Records each step of a fit.</summary>
sealed class RecorderCallback(Recorder recorder) : Callback
{
    public override void on_train_batch_end(int batch, Dictionary<string, double> logs) =>
        recorder.Record(logs.GetValueOrDefault("loss", double.NaN));
}
