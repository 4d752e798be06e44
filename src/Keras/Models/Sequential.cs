namespace Workbook.Keras;

/// <summary>Layers one after another. Keras: keras.Sequential.</summary>
/// <remarks>It becomes a graph when its input is known: at once after a keras.Input, else when it is first called.</remarks>
public sealed class Sequential : Model
{
    readonly List<Layer> stack = [];
    KerasTensor? input, taken;

    /// <summary>A model of layers one after another.</summary>
    /// <param name="layers">Optionally a keras.Input first.</param>
    /// <param name="name">Default sequential, sequential_1, …</param>
    public Sequential(IEnumerable<Layer>? layers = null, string? name = null) : base(name)
    {
        foreach (var layer in layers ?? []) Append(layer);
        if (input is not null) Connect(input);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<Layer> OwnLayers => stack;

    /// <summary>Appends a layer.</summary>
    /// <exception cref="ModelException">An input that is not the first.</exception>
    public void add(Layer layer)
    {
        Append(layer);
        if ((input ?? taken) is { } from) Connect(from);
    }

    /// <summary>Removes the last layer.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public void pop()
    {
        if (stack.Count == 0) throw new ModelException($"Sequential '{name}': expected a layer to remove. Received: an empty model.");
        stack.RemoveAt(stack.Count - 1);
        Graph = null;
        if ((input ?? taken) is { } from) Connect(from);
    }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        if (Graph is null) Connect(taken = keras.Input(new Shape(input_shape.Dims[1..])));
    }

    void Append(Layer layer)
    {
        if (layer is not InputLayer first) stack.Add(layer);
        else if (stack.Count == 0 && input is null) input = first.Input;
        else throw new ModelException(
            $"Sequential '{name}': expected the input as the first entry. Received: '{layer.name}' after {stack.Count} layers.");
        Graph = null;
    }

    void Connect(KerasTensor from) => Graph = stack.Count == 0 ? null : new([from], [stack.Aggregate(from, (x, layer) => layer.Apply(x))]);
}

public static partial class keras
{
    /// <inheritdoc cref="Keras.Sequential(IEnumerable{Layer}?, string?)"/>
    public static Sequential Sequential(IEnumerable<Layer>? layers = null, string? name = null) => new(layers, name);
}
