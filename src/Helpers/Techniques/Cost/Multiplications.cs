using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>How often a layer multiplies by its weights, for one sample.</summary>
/// <param name="First">By those that what comes in meets: they lose a row where a unit before them is closed.</param>
/// <param name="Others">By the rest, such as the recurrent ones.</param>
readonly record struct Multiplications(long First, long Others)
{
    /// <param name="layer">A layer that is built.</param>
    /// <param name="inputs">The shapes of what goes in, the batch first.</param>
    /// <param name="output">That of what comes out.</param>
    /// <exception cref="ArgumentException">An axis without a length, or weights of which nobody knows how often they are used.</exception>
    public static Multiplications Of(Layer layer, Shape[] inputs, Shape output) => layer switch
    {
        // A row is looked up; the others have a number for each place or feature.
        Embedding or PReLU or BatchNormalization or LayerNormalization or RMSNormalization or GroupNormalization or Normalization
            or HardConcreteGate => default,
        Model model => new(Operations.Of(model), 0),
        GatedRecurrent gated => Of(gated.layer, inputs, output),
        Recurrent recurrent => Of(recurrent, Places(layer, inputs[0])),
        Bidirectional both => Of(both.forward_layer, Places(layer, inputs[0])) + Of(both.backward_layer, Places(layer, inputs[0])),
        TimeDistributed each => inputs[0][1] is > 0 and var steps
            ? Of(each.layer, [Step(inputs[0])], Step(output)) * steps : throw NoLength(layer, inputs[0]),
        EinsumDense einsum => new(Of(einsum, inputs[0], output), 0),
        MultiHeadAttention attention => new(Size(attention.query_dense!.kernel) * Places(layer, inputs[0])
            + Size(attention.key_dense!.kernel) * Places(layer, inputs[^1])
            + Size(attention.value_dense!.kernel) * Places(layer, inputs[1])
            + Size(attention.output_dense!.kernel) * Places(layer, inputs[0]), 0),
        ConvTranspose transpose => new(Size(transpose.kernel) * Places(layer, inputs[0]), 0),
        _ => Kernels(layer).ToArray() is [var first, .. var others]
            ? new Multiplications(first.shape.Size, others.Sum(k => (long)k.shape.Size)) * Places(layer, output) : default,
    };

    public static Multiplications operator *(Multiplications m, long times) => new(m.First * times, m.Others * times);

    public static Multiplications operator +(Multiplications a, Multiplications b) => new(a.First + b.First, a.Others + b.Others);

    public long All => First + Others;

    static Multiplications Of(Recurrent layer, long steps) =>
        new(Size(layer.kernel) * steps, Size(layer.recurrent_kernel) * steps);

    /// <summary>A product for each combination of the letters of its equation.</summary>
    static long Of(EinsumDense layer, Shape input, Shape output)
    {
        var sides = layer.equation.Split(',', '-');
        var (x, kernel, y) = (sides[0], sides[1], sides[2].TrimStart('>'));
        var beside = (x + y).Distinct().Where(letter => !kernel.Contains(letter) && letter != x[0]);
        return beside.Aggregate(Size(layer.kernel), (product, letter) =>
            (x.Contains(letter) ? input[x.IndexOf(letter)] : output[y.IndexOf(letter)]) is > 0 and var length
                ? product * length : throw NoLength(layer, input));
    }

    /// <summary>Matrices, and the kernels of Keras' own layers.</summary>
    static IEnumerable<Variable> Kernels(Layer layer)
    {
        var isKeras = layer.GetType().Assembly == typeof(Layer).Assembly;
        foreach (var weight in layer.weights.Where(w => w.shape.Rank >= 2))
            yield return isKeras || weight.shape.Rank == 2 ? weight
                : throw new ArgumentException($"Operations: expected layers of which it is known how often a weight is used. Received: "
                    + $"'{layer.name}' ({layer.GetType().Name}), a class of somebody's own, with '{weight.name}' of {weight.shape}. A matrix counts "
                    + "as the kernel of a Dense; take layers of Keras for the others, or count them yourself.");
    }

    static long Places(Layer layer, Shape shape)
    {
        var places = shape.Dims[1..^1].ToArray();
        return Array.Exists(places, d => d < 0) ? throw NoLength(layer, shape) : places.Aggregate(1L, (a, b) => a * b);
    }

    static ArgumentException NoLength(Layer layer, Shape shape) =>
        new($"Operations: expected a length for each axis. Received: '{layer.name}' of {shape}. State it in keras.Input.");

    static Shape Step(Shape shape) => new([shape[0], .. shape.Dims[2..]]);

    static long Size(Variable? kernel) => kernel?.shape.Size ?? 0;
}
