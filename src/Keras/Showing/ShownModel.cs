using System.Globalization;

namespace Workbook.Keras;

/// <summary>The parts of a model as a reader meets them in a summary or a picture: layers, operations and inputs, in Keras'
/// order.</summary>
sealed class ShownModel
{
    ShownModel(IReadOnlyList<ShownPart> parts, bool isChain) => (Parts, IsChain) = (parts, isChain);

    public IReadOnlyList<ShownPart> Parts { get; }

    /// <summary>Whether layers stand one after another, so that nobody needs to be told what leads where.</summary>
    public bool IsChain { get; }

    public static ShownModel Of(Model model)
    {
        if (model.Graph is not { } graph)
            return new([.. model.OwnLayers.Select(l => new ShownPart(l, l.name, ShownPart.ClassOf(l), l.FirstOutputs ?? []))], true);
        var order = KerasOrder.Of(graph);
        var names = Names(order, graph);
        var parts = new Dictionary<object, ShownPart>(ReferenceEqualityComparer.Instance);
        foreach (var operation in order.All)
        {
            var shapes = operation.Key is KerasTensor input ? [input.shape] : operation.Calls[^1]!.Outputs.Select(o => o.shape).ToArray();
            parts[operation.Key] = new(operation.Key, names[operation.Key], ClassOf(operation), shapes)
            {
                InputShape = operation.Calls[^1] is { } last ? Texts([.. last.SymbolicInputs.Select(i => i.shape)]) : null,
                OutputType = (operation.Key as KerasTensor ?? operation.Calls[^1]!.Outputs[0]).dtype.Name(),
            };
        }
        foreach (var operation in order.All)
            foreach (var input in operation.Calls.OfType<Step>().SelectMany(s => s.SymbolicInputs))
            {
                var (from, _, output) = order.Of(input);
                parts[operation.Key].From.Add((parts[from.Key], input.Step?.Call ?? 0, output));
            }
        var isSequential = model is Sequential;
        return new([.. order.All.Where(o => !isSequential || o.Key is not KerasTensor).Select(o => parts[o.Key])],
            isSequential || IsOneAfterAnother(order));
    }

    static string Texts(Shape[] shapes) => shapes is [var one] ? ShownPart.Text(one)
        : $"[{string.Join(", ", shapes.Select(ShownPart.Text))}]";

    static bool IsOneAfterAnother(KerasOrder order) => order.NodesAt.All(n => n == 1)
        && order.All.All(o => o.Calls.Count == 1 && (o.Calls[0]?.SymbolicInputs.Count() ?? 0) <= 1);

    static string ClassOf(KerasOrder.Operation operation) => operation.Key switch
    {
        KerasTensor => "InputLayer",
        Layer layer => ShownPart.ClassOf(layer),
        var step => ClassOf((Step)step),
    };

    /// <summary>The class that Keras has for a step between layers; elsewhere its name in capitals.</summary>
    static string ClassOf(Step step) => KerasOperations.ClassOf(step)
        ?? string.Concat(step.Name.Split('_').Select(w => w.Length == 0 ? w : char.ToUpper(w[0], CultureInfo.InvariantCulture) + w[1..]));

    /// <summary>Layers have their names; steps have those of their classes, numbered.</summary>
    static Dictionary<object, string> Names(KerasOrder order, Graph graph)
    {
        var names = order.All.Where(o => o.Key is not Step).ToDictionary<KerasOrder.Operation, object, string>(o => o.Key, o => o.Name,
            ReferenceEqualityComparer.Instance);
        var taken = names.Values.ToHashSet();
        foreach (var step in graph.Steps.Where(s => s.Layer is null))
        {
            var stem = KerasOperations.ClassOf(step) is { } known ? Spelling.Snake(known) : step.Name;
            var name = stem;
            for (var i = 1; !taken.Add(name); i++) name = $"{stem}_{i}";
            names[step] = name;
        }
        return names;
    }
}
