using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workbook.Keras;

/// <summary>Where the weights of each layer stand in a Keras file: by classes and their order, not by names.</summary>
/// <remarks>
/// <c>layers/dense_1/vars/0</c> is the first weight of the second Dense of a model; a layer in a field of another stands under the name of
/// the field. A layer that is met twice stands where it is met first.
/// </remarks>
static class LayerPaths
{
    const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>All layers of a model, itself first, with their paths.</summary>
    public static List<(string Path, Layer Layer)> Of(Layer model) => Visited(model, byName: true);

    /// <summary>The variables of all layers in the order of Keras' model.weights: each layer's own, then those of its parts as they are
    /// declared, the forward layer before the backward one.</summary>
    public static IEnumerable<Variable> Variables(Layer model) => Visited(model, byName: false).SelectMany(l => l.Layer.Stored()
        .Select(s => s.Weight)).Distinct();

    static List<(string Path, Layer Layer)> Visited(Layer model, bool byName)
    {
        var found = new List<(string, Layer)>();
        Visit(model, "", byName, found, new(ReferenceEqualityComparer.Instance));
        return found;
    }

    static void Visit(Layer layer, string path, bool byName, List<(string, Layer)> found, HashSet<object> visited)
    {
        if (!visited.Add(layer)) return;
        found.Add((path, layer));
        var prefix = path.Length == 0 ? "" : path + "/";
        if (layer is Model { Graph: not null } or Sequential)
        {
            Container(Layers((Model)layer), $"{prefix}layers", byName, found, visited);
            return;
        }
        // A model of one's own keeps its layers in fields and in the list of all of them, whichever comes first in the alphabet.
        var parts = Parts(layer);
        if (layer is Model model && model.OwnLayers.Count > 0) parts.Add(("layers", model.OwnLayers));
        foreach (var (name, value) in byName ? [.. parts.OrderBy(p => p.Name, StringComparer.Ordinal)] : parts)
            if (value is Layer part) Visit(part, prefix + name, byName, found, visited);
            else Container((IEnumerable)value, prefix + name, byName, found, visited);
    }

    static IEnumerable<Layer> Layers(Model model) => model is Sequential || model.Graph is null ? model.OwnLayers
        : KerasOrder.Of(model.Graph).All.Select(o => o.Layer ?? (o.Key is Step step ? LearnedPlaces.LayerOf(step) : null)).OfType<Layer>();

    static void Container(IEnumerable items, string path, bool byName, List<(string, Layer)> found, HashSet<object> visited)
    {
        var counts = new Dictionary<string, int>();
        foreach (var item in items is IDictionary named ? named.Values : items)
        {
            var stem = item is Layer layer ? Spelling.Snake(ClassOf(layer)) : item is ICollection ? "container" : null;
            if (stem is null) continue;
            var count = counts[stem] = counts.GetValueOrDefault(stem, -1) + 1;
            var place = $"{path}/{(count == 0 ? stem : $"{stem}_{count}")}";
            if (item is Layer part) Visit(part, place, byName, found, visited);
            else Container((IEnumerable)item!, place, byName, found, visited);
        }
    }

    static string ClassOf(Layer layer) => layer is Model { Graph: not null } && layer.GetType() == typeof(Model) ? "Functional"
        : CustomObjects.Registered(layer.GetType()) is { } registered ? registered[(registered.IndexOf('>') + 1)..] : layer.GetType().Name;

    /// <summary>Layers, and collections that hold some, in the fields of a layer.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Module keeps the fields of every class derived from it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Module keeps the fields of every class derived from it.")]
    static List<(string Name, object Value)> Parts(Layer layer)
    {
        var parts = new List<(string, object)>();
        for (var type = layer.GetType(); type is not null && type != typeof(Layer) && type != typeof(Model); type = type.BaseType)
            foreach (var field in type.GetFields(Declared))
                if (field.GetValue(layer) is { } value && (value is Layer || value is ICollection items && Holds(items)))
                    parts.Add((field.Name.TrimStart('<').Split('>')[0].TrimStart('_'), value));
        return parts;
    }

    static bool Holds(ICollection items) => (items is IDictionary named ? named.Values : items).Cast<object?>()
        .Any(i => i is Layer || i is ICollection inner && Holds(inner));
}
