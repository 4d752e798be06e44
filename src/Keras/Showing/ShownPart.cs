namespace Workbook.Keras;

/// <summary>A layer, an operation or an input, as a reader sees it.</summary>
/// <param name="key">The layer, the step or the symbolic input.</param>
/// <param name="name">Its name.</param>
/// <param name="className">Its class, as Keras calls it.</param>
/// <param name="shapes">The shapes of what comes out; none where nobody knows.</param>
sealed class ShownPart(object key, string name, string className, Shape[] shapes)
{
    public object Key => key;

    public string Name => name;

    public string ClassName => className;

    public Layer? Layer => key as Layer;

    /// <summary>What goes in: the part, which of its calls, and which result of that.</summary>
    public List<(ShownPart Part, int Call, int Output)> From { get; } = [];

    /// <summary>The same in words: <c>dense[0][0]</c>.</summary>
    public IReadOnlyList<string> Sources => [.. From.Select(f => $"{f.Part.Name}[{f.Call}][{f.Output}]")];

    /// <summary>Some layers without weights are built from the start, in Keras.</summary>
    public bool IsBuilt => Layer is null || Layer.built || Layer is Model { Graph: not null } or Pooling or GlobalPooling or Noise
        or Dropout or GaussianNoise or UnitNormalization or Activation or ReLU or LeakyReLU or ELU or Softmax or Masking or Reshape;

    /// <summary>A list for a model and a recurrent layer, a tuple for others, as in Python.</summary>
    public string OutputShape => shapes switch
    {
        [] => "?",
        [var one] => Text(one),
        _ when key is Model or Recurrent or Bidirectional => $"[{string.Join(", ", shapes.Select(Text))}]",
        _ => $"({string.Join(", ", shapes.Select(Text))})",
    };

    /// <summary>The shapes of what goes in, at the last call; null for an input, and where nobody knows.</summary>
    public string? InputShape { get; init; }

    /// <summary>The type of what comes out, at the last call.</summary>
    public string OutputType { get; init; } = "?";

    /// <summary>The name of the function that the layer ends with; null: it has none.</summary>
    public string? ActivationName => (Layer is null or Model) ? null
        : Arguments.Of(Layer.GetType()) is var arguments && arguments.TypeOf("activation") == typeof(ActivationFunction)
        && arguments.Of(Layer).First(a => a.Name == "activation").Value is ActivationFunction function ? function.Name : null;

    public static string Text(Shape shape) => $"({string.Join(", ", shape.Select(d => d < 0 ? "None" : $"{d}"))})";

    public static string ClassOf(Layer layer) => layer.GetType() == typeof(Model) ? "Functional" : layer.GetType().Name;
}
