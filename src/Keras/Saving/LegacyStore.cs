namespace Workbook.Keras;

/// <summary>Weights and the state of an optimizer in the older layout of <c>.h5</c>: by the names and the order of layers.</summary>
static class LegacyStore
{
    /// <summary>Whether a file has this layout.</summary>
    public static Hdf5Object? Find(Hdf5Object root) => root.At("model_weights") ?? (root.Attribute("layer_names") is null ? null : root);

    /// <summary>The values that a file has for the variables of a model; nothing is assigned yet.</summary>
    /// <exception cref="FormatException">A weight is missing, is one too many, or has another shape.</exception>
    public static List<(Variable Variable, Tensor Value)> Read(Hdf5Object group, Model model, string place)
    {
        var stored = Names(group, "layer_names").Select(n => (Name: n, Group: Part(group, n, place)))
            .Select(l => (l.Name, l.Group, Weights: Names(l.Group, "weight_names"))).Where(l => l.Weights.Count > 0).ToList();
        var layers = (model.Graph is null || model is Sequential ? model.OwnLayers : [.. KerasOrder.Of(model.Graph).Layers])
            .Select(l => (Layer: l, Variables: Variables(l))).Where(l => l.Variables.Count > 0).ToList();
        if (stored.Count != layers.Count)
            throw new FormatException($"Expected {layers.Count} layers with weights ({string.Join(", ", layers.Select(l => l.Layer.name))}) in {place}. "
                + $"Received: {stored.Count} ({string.Join(", ", stored.Select(s => s.Name))}). Load the file into the model that it was saved from.");
        // Where all names are the same they say which is which; otherwise the order does.
        if (layers.All(l => stored.Count(s => s.Name == l.Layer.name) == 1))
            stored = [.. layers.Select(l => stored.First(s => s.Name == l.Layer.name))];
        var found = new List<(Variable, Tensor)>();
        foreach (var ((layer, variables), (name, at, weights)) in layers.Zip(stored))
        {
            if (variables.Count != weights.Count)
                throw new FormatException($"Expected {variables.Count} weights of layer '{layer.name}' at '{name}' in {place}. "
                    + $"Received: {weights.Count} ({string.Join(", ", weights)}). Load the file into the model that it was saved from.");
            found.AddRange(variables.Zip(weights, (v, w) => (v, WeightStore.Value(Part(at, w, place), v, $"'{layer.name}'", place))));
        }
        return found;
    }

    /// <summary>The texts of an attribute, which may be cut into several of numbered names.</summary>
    public static List<string> Names(Hdf5Object group, string name)
    {
        if (group.Attribute(name) is { } whole) return [.. whole.Texts];
        var names = new List<string>();
        for (var i = 0; group.Attribute($"{name}{i}") is { } part; i++) names.AddRange(part.Texts);
        return names;
    }

    public static Hdf5Object Part(Hdf5Object group, string name, string place) => group.At(name)
        ?? throw new FormatException($"Expected '{name}' in '{group.Path}' of {place}, since the file lists it. Received: no such thing. {WeightsFile.Again}");

    static List<Variable> Variables(Layer layer) => [.. LayerPaths.Variables(layer).OrderBy(v => !v.trainable)];
}
