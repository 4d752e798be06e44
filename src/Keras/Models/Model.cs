namespace Workbook.Keras;

/// <summary>A layer that can be trained: compile, fit, evaluate, predict. Keras: keras.Model.</summary>
/// <remarks>
/// Either functional, <c>keras.Model(inputs, outputs)</c>, or a class of your own that holds layers and variables in fields and overrides
/// <see cref="Layer.call(Tensor, bool)"/>. Both own what their fields hold, and a functional model adopts every variable that its steps
/// read.
/// </remarks>
public partial class Model : Layer
{
    Graph? graph;

    /// <summary>For classes of your own: hold layers and variables in fields and override call.</summary>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    protected Model(string? name = null) : base(name)
    {
    }

    /// <summary>A functional model; usually written <c>keras.Model(inputs, outputs)</c>.</summary>
    /// <param name="inputs">Made by keras.Input.</param>
    /// <param name="outputs">Made from the inputs by layers and ops.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ModelException">An output depends on an input that was not given.</exception>
    public Model(KerasTensor[] inputs, KerasTensor[] outputs, string? name = null) : base(name) => graph = new(inputs, outputs);

    /// <summary>The inputs of a functional model; none for a class of your own.</summary>
    public IReadOnlyList<KerasTensor> inputs => graph?.Inputs ?? [];

    /// <summary>The outputs of a functional model; none for a class of your own.</summary>
    public IReadOnlyList<KerasTensor> outputs => graph?.Outputs ?? [];

    internal override IEnumerable<KerasTensor>? GraphInputs => graph?.Inputs ?? base.GraphInputs;

    internal override IEnumerable<KerasTensor>? GraphOutputs => graph?.Outputs ?? base.GraphOutputs;

    /// <summary>The layers, in the order of the graph or of the fields; <c>model.layers</c> reads it.</summary>
    internal virtual IReadOnlyList<Layer> OwnLayers => graph?.Layers ?? [.. Parts().OfType<Layer>()];

    /// <summary>
    /// The names of the outputs: those of the layers that make them. They stand in the keys of the history where there are several.
    /// </summary>
    public IReadOnlyList<string> output_names => names ??= graph is null ? [] : Distinct(graph.Outputs);

    string[]? names;

    /// <summary>A layer of this model by name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public Layer get_layer(string name) => OwnLayers.FirstOrDefault(l => l.name == name)
        ?? throw new ArgumentException(
            $"get_layer: expected the name of a layer. Received: '{name}'. {Spelling.Suggest(name, OwnLayers.Select(l => l.name))}");

    /// <inheritdoc/>
    public override Tensor[] call(Tensor[] inputs, bool training)
    {
        if (graph is null) return base.call(inputs, training);
        if (inputs.Length != graph.Inputs.Length)
            throw new ModelException(
                $"Model '{name}': expected {graph.Inputs.Length} inputs ({string.Join(", ", graph.Inputs.Select(i => i.name))}). "
                    + $"Received: {inputs.Length}.");
        // Where somebody calls call itself, the layers inside hear of training nowhere else.
        using var context = CallContext.Current is { } around && around.Training == training ? null
            : new CallContext(training, name, frozen: !trainable);
        return graph.Run([.. inputs.Select((x, i) => Fitting(x, graph.Inputs[i]))]);
    }

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        if (graph is null) return base.call(inputs, training);
        return call([inputs], training) is [var only] ? only
            : throw new ModelException($"Model '{name}': expected one output. Received: {graph.Outputs.Length}. Write call([inputs], training).");
    }

    /// <summary>The graph of a functional or sequential model.</summary>
    internal Graph? Graph
    {
        get => graph;
        private protected set => (graph, names) = (value, null);
    }

    /// <summary>Its layers do.</summary>
    private protected override void SayMaskEnds()
    {
    }

    private protected override Tensor Accept(Tensor input) => graph is null ? base.Accept(input) : input;

    static Tensor Fitting(Tensor x, KerasTensor input)
    {
        var expected = input.shape;
        // A vector of numbers is a batch of one feature each, as in Keras.
        if (x.ndim == 1 && expected.Rank == 2 && expected[1] == 1) x = tf.expand_dims(x, -1);
        if (x.ndim != expected.Rank || expected.Skip(1).Where((d, i) => d >= 0 && d != x.shape[i + 1]).Any())
            throw new ShapeException(
                $"Input '{input.name}': expected a batch of shape {expected} (-1 counts samples). Received: {x.shape}.");
        return x.dtype == input.dtype ? x : tf.cast(x, input.dtype);
    }

    static string[] Distinct(KerasTensor[] outputs)
    {
        var seen = new Dictionary<string, int>();
        return Array.ConvertAll(outputs, o =>
        {
            var count = seen[o.name] = seen.GetValueOrDefault(o.name) + 1;
            return count == 1 ? o.name : $"{o.name}_{count - 1}";
        });
    }
}

public static partial class keras
{
    /// <inheritdoc cref="Keras.Model(KerasTensor[], KerasTensor[], string?)"/>
    public static Model Model(KerasTensor inputs, KerasTensor outputs, string? name = null) => new([inputs], [outputs], name);

    /// <inheritdoc cref="Keras.Model(KerasTensor[], KerasTensor[], string?)"/>
    public static Model Model(KerasTensor[] inputs, KerasTensor outputs, string? name = null) => new(inputs, [outputs], name);

    /// <inheritdoc cref="Keras.Model(KerasTensor[], KerasTensor[], string?)"/>
    public static Model Model(KerasTensor inputs, KerasTensor[] outputs, string? name = null) => new([inputs], outputs, name);

    /// <inheritdoc cref="Keras.Model(KerasTensor[], KerasTensor[], string?)"/>
    public static Model Model(KerasTensor[] inputs, KerasTensor[] outputs, string? name = null) => new(inputs, outputs, name);
}
