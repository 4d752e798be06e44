namespace Workbook.Keras;

public partial class Model
{
    /// <summary>Writes the values of all variables to a file. Keras: save_weights, which writes HDF5; this writes NumPy's .npz.</summary>
    /// <remarks>
    /// Each variable stands under its place and name, <c>000/kernel</c>, so <c>numpy.load(path)</c> gives them by name. Variables that
    /// somebody brought in are among them.
    /// </remarks>
    /// <param name="filepath">A name that ends in .npz; folders are made.</param>
    /// <exception cref="ArgumentException">Another ending.</exception>
    /// <exception cref="ModelException">The model has no weights yet.</exception>
    public void save_weights(string filepath)
    {
        CheckEnding(filepath);
        if (variables.Count == 0)
            throw new ModelException(
                $"save_weights: expected a model with weights. Received: '{name}', which has none yet. "
                    + "Build it: call it once, or begin with keras.Input.");
        WeightsFile.Write(filepath, variables.Select((v, i) => (Key(v, i), tf.stop_gradient(v.value()))));
    }

    /// <summary>
    /// Reads the values of all variables from a file that <see cref="save_weights"/> wrote. Nothing changes unless all of them fit.
    /// </summary>
    /// <param name="filepath">A name that ends in .npz.</param>
    /// <exception cref="ArgumentException">Another ending, or a variable that is not in the file or has another shape there.</exception>
    /// <exception cref="FormatException">The file is not of this format.</exception>
    public void load_weights(string filepath)
    {
        CheckEnding(filepath);
        var keys = variables.Select(Key).ToHashSet();
        var (file, names) = WeightsFile.Read(filepath, keys.Contains);
        var values =
            variables.Select(
                (v, i) => file.TryGetValue(Key(v, i), out var value) && value.shape == v.shape && value.dtype == v.dtype ? value
            : throw new ArgumentException($"load_weights: expected '{Key(v, i)}' {v.shape} {v.dtype.Name()} in {filepath}. Received: "
                + $"{(value is null ? "the names " + string.Join(", ", names) : $"{value.shape} {value.dtype.Name()}")}. "
                    + "Load it into the model that wrote it.")).ToList();
        set_weights(values);
    }

    /// <summary>Place and own name; layers are numbered anew in every process, so their names do not count.</summary>
    static string Key(Variable variable, int place) => $"{place:000}/{variable.name[(variable.name.LastIndexOf('/') + 1)..]}";

    static void CheckEnding(string filepath)
    {
        if (!filepath.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException(
                $"Expected a file name that ends in .npz. Received: {filepath}. Keras' own formats cannot be written yet.");
    }
}
