using System.Globalization;

namespace Workbook.Keras;

/// <summary>The weights of a model in the layout of <c>model.weights.h5</c> and <c>name.weights.h5</c>.</summary>
static class WeightStore
{
    /// <summary>Where variables stand that somebody brought in, and that Keras has no place for. Keras does not look there.</summary>
    public const string Learned = "workbook/learned";

    /// <summary>Adds the weights of all layers.</summary>
    public static void Write(Hdf5Writer to, Model model)
    {
        foreach (var (path, layer) in LayerPaths.Of(model))
        {
            var prefix = path.Length == 0 ? "" : path + "/";
            to.At(prefix + "vars").Attributes.Add(("name", layer.name));
            foreach (var (place, weight) in layer.Stored()) to.Put(prefix + place, tf.stop_gradient(weight.value()));
        }
        foreach (var (variable, i) in BroughtIn(model).Select((v, i) => (v, i)))
        {
            var path = $"{Learned}/{i}";
            to.At(path).Attributes.Add(("name", variable.name));
            to.Put(path + "/value", tf.stop_gradient(variable.value()));
        }
    }

    /// <summary>The values that a file has for the variables of a model; nothing is assigned yet.</summary>
    /// <param name="root">The group that holds them.</param>
    /// <param name="model">A model whose weights have been made.</param>
    /// <param name="place">The file, for messages.</param>
    /// <exception cref="FormatException">A weight is missing, is one too many, or has another shape.</exception>
    public static List<(Variable Variable, Tensor Value)> Read(Hdf5Object root, Model model, string place)
    {
        var found = new List<(Variable, Tensor)>();
        foreach (var (path, layer) in LayerPaths.Of(model))
        {
            var own = Find(root, path);
            foreach (var part in layer.Stored().GroupBy(s => s.Path[..s.Path.LastIndexOf('/')]).DefaultIfEmpty())
            {
                var group = own?.At(part?.Key ?? "vars");
                Variable[] weights = part is null ? [] : [.. part.Select(s => s.Weight)];
                Check(group, weights, layer, path, part?.Key ?? "vars", place);
                for (var i = 0; i < weights.Length; i++)
                    found.Add((weights[i], Value(group!.Find(i.ToString(CultureInfo.InvariantCulture))!, weights[i], $"'{layer.name}'",
                        place)));
            }
        }
        found.AddRange(ReadLearned(root, model, place));
        return found;
    }

    /// <summary>One value for one variable.</summary>
    public static Tensor Value(Hdf5Object at, Variable variable, string owner, string place)
    {
        var dataset = at.Dataset();
        if (!dataset.Fits(variable.shape))
            throw new FormatException($"Expected shape {variable.shape} for '{variable.name}' of {owner} at '{at.Path}' in {place}. "
                + $"Received: {dataset}. Load the file into the model that it was saved from.");
        var value = dataset.Read(variable.dtype);
        if (variable.dtype.IsFloating() && !IsFinite(value))
            Warnings.Say($"{place}: '{variable.name}' has numbers that are NaN or infinite. It was loaded as it is.");
        return value;
    }

    static bool IsFinite(Tensor value) => value.dtype == DType.Float32 ? !value.AsSpan<float>().ContainsAnyExceptInRange(float.MinValue,
        float.MaxValue)
        : !value.AsSpan<double>().ContainsAnyExceptInRange(double.MinValue, double.MaxValue);

    /// <summary>The variables that stand at no place of Keras' own.</summary>
    static List<Variable> BroughtIn(Model model)
    {
        var stored = LayerPaths.Variables(model).ToHashSet();
        return [.. model.variables.Where(v => !stored.Contains(v))];
    }

    static IEnumerable<(Variable, Tensor)> ReadLearned(Hdf5Object root, Model model, string place)
    {
        var own = BroughtIn(model);
        if (own.Count == 0) return [];
        if (root.At(Learned) is not { } group)
        {
            Warnings.Say($"{place} holds no values for {string.Join(", ", own.Select(v => $"'{v.name}'"))}, which Keras has no place for: "
                + "they stay as they are.");
            return [];
        }
        var count = group.Names.Count();
        if (count != own.Count)
            throw new FormatException($"Expected {own.Count} learned variables ({string.Join(", ", own.Select(v => v.name))}) in {place}. "
                + $"Received: {count}. Load the file into the model that it was saved from.");
        return [.. own.Select((v, i) => (v, Value(group.At($"{i}/value")
            ?? throw new FormatException($"Expected the value of '{v.name}' in {place}. Received: none. {WeightsFile.Again}"), v, "the model", place)))];
    }

    /// <summary>The group of a layer; files of 2.13 have another name for "layers".</summary>
    static Hdf5Object? Find(Hdf5Object root, string path)
    {
        var here = root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = here.Find(name) ?? (name == "layers" ? here.Find("_layer_checkpoint_dependencies") : null);
            if (next is null) return null;
            here = next;
        }
        return here;
    }

    static void Check(Hdf5Object? group, Variable[] weights, Layer layer, string path, string part, string place)
    {
        string[] names = group is null ? [] : [.. group.Names];
        string[] wanted = [.. Enumerable.Range(0, weights.Length).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        if (names.Length == wanted.Length && wanted.All(names.Contains)) return;
        throw new FormatException($"Expected {weights.Length} weights ({string.Join(", ", weights.Select(w => $"{w.name} {w.shape}"))}) of layer "
            + $"'{layer.name}' at '{(path.Length == 0 ? "" : path + "/")}{part}' in {place}. "
            + $"Received: {(group is null ? "no such group" : $"{names.Length}: {string.Join(", ", names)}")}. "
            + "Load the file into the model that it was saved from.");
    }
}
