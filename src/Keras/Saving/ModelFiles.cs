using System.Globalization;

namespace Workbook.Keras;

/// <summary>Models and their weights in files. The ending of the name says which format it is.</summary>
public static class ModelFiles
{
    extension(Model model)
    {
        /// <summary>Writes the whole model as Keras 3 does, so that <c>keras.models.load_model</c> reads it, here and in Python: layers,
        /// weights, and if it is compiled, loss, optimizer and the optimizer's state.</summary>
        /// <remarks>
        /// A learned number that stands in Keras' place for a fixed one, such as the strength of a regularizer, is written as it is now. A
        /// variable beside a symbolic value, <c>tf.pow(x, exponent)</c>, becomes a layer; then a file workbook_layers.py is written beside
        /// the model, which Python imports first. A file that is there is replaced when the new one is complete.
        /// </remarks>
        /// <param name="filepath">A name that ends in .keras; folders are made.</param>
        /// <exception cref="ArgumentException">Another ending.</exception>
        /// <exception cref="ModelException">The model has no weights yet, or a part that a file cannot hold, such as C# code.</exception>
        /// <exception cref="IOException">It cannot be written, for example because the disk is full; what was there is
        /// untouched.</exception>
        public void save(string filepath)
        {
            if (!Ends(filepath, ".keras"))
                throw new ArgumentException($"save: expected a file name that ends in .keras. Received: {filepath}. "
                    + "For the weights alone: save_weights.");
            ModelSaver.Save(model, filepath);
        }

        /// <summary>Writes the values of all variables. Keras: save_weights.</summary>
        /// <remarks>
        /// <c>.weights.h5</c> is Keras' own layout, by the classes of layers and their order; variables that somebody brought in stand in a
        /// group that Keras does not look at. <c>.npz</c> is NumPy's: each variable under its place and name, <c>000/kernel</c>.
        /// </remarks>
        /// <param name="filepath">A name that ends in .weights.h5 or .npz; folders are made.</param>
        /// <exception cref="ArgumentException">Another ending.</exception>
        /// <exception cref="ModelException">The model has no weights yet.</exception>
        /// <exception cref="IOException">It cannot be written; what was there is untouched.</exception>
        public void save_weights(string filepath)
        {
            CheckEnding(filepath, ".weights.h5", ".npz");
            if (model.variables.Count == 0)
                throw new ModelException(
                    $"save_weights: expected a model with weights. Received: '{model.name}', which has none yet. "
                        + "Build it: call it once, or begin with keras.Input.");
            if (Ends(filepath, ".npz"))
                WeightsFile.Write(filepath, model.variables.Select((v, i) => (Key(v, i), tf.stop_gradient(v.value()))));
            else ModelSaver.SaveWeights(model, filepath);
        }

        /// <summary>Reads the values of all variables. Nothing changes unless all of them fit.</summary>
        /// <param name="filepath">What <c>save_weights</c> wrote, here or in Keras; a whole model (.keras); or the older .h5 of tf.keras
        /// 2.</param>
        /// <exception cref="ArgumentException">Another ending, or (.npz) a variable that is not in the file or has another shape
        /// there.</exception>
        /// <exception cref="FormatException">The file is not of this format, is damaged, or is that of another model.</exception>
        public void load_weights(string filepath)
        {
            CheckEnding(filepath, ".weights.h5", ".npz", ".keras", ".h5");
            if (Ends(filepath, ".npz")) FromArrays(model, filepath);
            else ModelLoader.LoadWeights(model, filepath);
        }
    }

    static void FromArrays(Model model, string filepath)
    {
        var keys = model.variables.Select(Key).ToHashSet();
        var (file, names) = WeightsFile.Read(filepath, keys.Contains);
        var values = model.variables.Select((v, i) =>
            file.TryGetValue(Key(v, i), out var value) && value.shape == v.shape && value.dtype == v.dtype ? value
            : throw new ArgumentException($"load_weights: expected '{Key(v, i)}' {v.shape} {v.dtype.Name()} in {filepath}. Received: "
                + $"{(value is null ? "the names " + string.Join(", ", names) : $"{value.shape} {value.dtype.Name()}")}. "
                + "Load it into the model that wrote it.")).ToList();
        model.set_weights(values);
    }

    /// <summary>Place and own name; layers are numbered anew in every process, so their names do not count.</summary>
    static string Key(Variable variable, int place) =>
        string.Create(CultureInfo.InvariantCulture, $"{place:000}/{variable.name[(variable.name.LastIndexOf('/') + 1)..]}");

    internal static bool Ends(string filepath, string ending) => filepath.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    static void CheckEnding(string filepath, params string[] endings)
    {
        if (!endings.Any(e => Ends(filepath, e)))
            throw new ArgumentException($"Expected a file name that ends in {string.Join(", ", endings[..^1])} or {endings[^1]}. "
                + $"Received: {filepath}.");
    }
}

public static partial class keras
{
    /// <summary>Models in files. Keras: keras.models.</summary>
    public static class models
    {
        /// <summary>Reads a model that <c>save</c> wrote, here or in Keras 3; also the older .h5 and .keras of tf.keras 2.</summary>
        /// <remarks>
        /// Files of strangers may be read: no code in them is executed, nothing is written, and no more memory is taken than 64 MiB and a
        /// hundred times the length of the file.
        /// </remarks>
        /// <param name="filepath">A name that ends in .keras, .h5 or .hdf5.</param>
        /// <param name="custom_objects">Classes (<see cref="Type"/>) and functions of your own by their names in the file; or register
        /// them.</param>
        /// <param name="compile">Whether to compile it as the file says, with the state of its optimizer.</param>
        /// <exception cref="ArgumentException">Another ending.</exception>
        /// <exception cref="FormatException">The file is not of this format, is damaged, or has a part that is not here.</exception>
        public static Model load_model(string filepath, Dictionary<string, object>? custom_objects = null, bool compile = true) =>
            ModelLoader.Load(filepath, custom_objects, compile);
    }
}
