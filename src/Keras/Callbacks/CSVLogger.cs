using System.Globalization;

namespace Workbook.Keras;

/// <summary>
/// Writes a line per epoch to a CSV file: the epoch, and the logs in alphabetical order. Keras: keras.callbacks.CSVLogger.
/// </summary>
/// <param name="filename">The file; replaced unless append is true.</param>
/// <param name="separator">Between the columns; default a comma.</param>
/// <param name="append">Whether to go on with an existing file.</param>
public sealed class CSVLogger(string filename, string separator = ",", bool append = false) : Callback
{
    StreamWriter? file;
    string[] columns = [];

    /// <inheritdoc/>
    public override void on_train_begin(Dictionary<string, double> logs)
    {
        columns = append && File.Exists(filename) && File.ReadLines(filename).FirstOrDefault() is { } header ? header.Split(separator)[1..]
            : [];
        file = new(filename, append);
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
        if (columns.Length == 0)
        {
            columns = [.. logs.Keys.Order(StringComparer.Ordinal)];
            file!.WriteLine(string.Join(separator, columns.Prepend("epoch")));
        }
        var values = columns.Select(c => logs.TryGetValue(c, out var v) ? v.ToString("R", CultureInfo.InvariantCulture) : "NA");
        file!.WriteLine(string.Join(separator, values.Prepend(epoch.ToString(CultureInfo.InvariantCulture))));
        file.Flush();
    }

    /// <inheritdoc/>
    public override void on_train_end(Dictionary<string, double> logs)
    {
        file?.Dispose();
        file = null;
    }
}
