using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>How much a model computes.</summary>
public static class Operations
{
    /// <summary>The multiplications with weights for one sample: of each kernel, as often as it is placed.</summary>
    /// <param name="model">Dense and convolutional layers count; a recurrent layer counts once for each step.</param>
    /// <exception cref="ArgumentException">The model does not know the shapes of its layers.</exception>
    public static long Of(Model model) => model.layers.Sum(l => l is Model inner ? Of(inner) : Kernels(l).Sum(k => Of(l, k)));

    /// <summary>The multiplications that are left, on average, when gates that close are cut out: those of each kernel, times the mean
    /// probability that a gate before it is open, times that of the gates of its own units.</summary>
    /// <remarks>A scalar with a gradient by each log α, so that it can be priced or bounded:
    /// <c>callbacks: [Bound.AtMost(() => Operations.Expected(model), 900, "operations")]</c>.</remarks>
    /// <param name="model">Layers one behind the other, with gates where <see cref="HardConcreteGate.Compact"/> can cut them out.</param>
    /// <exception cref="ArgumentException">There is no gate, or the model does not know the shapes of its layers.</exception>
    public static Tensor Expected(Sequential model)
    {
        if (!model.layers.Any(l => l is HardConcreteGate or GatedRecurrent))
            throw new ArgumentException($"Operations.Expected: expected a model with a HardConcreteGate. Received: '{model.name}', which "
                + "has none, so that its operations cannot change. Operations.Of counts them.");
        var none = tf.zeros(Shape.Scalar, Open(model.layers.First(l => l is HardConcreteGate or GatedRecurrent)).dtype);
        // What has been counted, what waits for the gate of its units, and the share of inputs that comes to the next kernel.
        var (sum, waiting, coming) = (none, none, none + 1.0);
        foreach (var layer in model.layers)
        {
            if (layer is HardConcreteGate) (waiting, coming) = (waiting * Open(layer), coming * Open(layer));
            if (layer is not (Embedding or GatedRecurrent) && !Kernels(layer).Any()) continue;
            sum += waiting;
            var counts = Kernels(layer).Select(k => (double)Of(layer, k)).ToArray();
            var first = coming * (counts.Length > 0 ? counts[0] : 0);
            var others = counts.Skip(1).Sum();
            if (layer is GatedRecurrent) (sum, waiting, coming) = (sum + Open(layer) * (first + others * Open(layer)), none, Open(layer));
            else if (layer is Recurrent or Bidirectional) (sum, waiting, coming) = (sum + first + others, none, none + 1.0);
            else (waiting, coming) = (first + others, none + 1.0);
        }
        return sum + waiting;
    }

    static Tensor Open(Layer gate) =>
        tf.reduce_mean(gate is GatedRecurrent recurrent ? recurrent.gate.Open : ((HardConcreteGate)gate).Open);

    // The two biases of a GRU stand in one matrix, and multiply nothing.
    static IEnumerable<Variable> Kernels(Layer layer) => layer is Embedding ? []
        : layer.weights.Where(w => w.shape.Rank >= 2 && !w.name.EndsWith("bias", StringComparison.Ordinal));

    static long Of(Layer layer, Variable kernel)
    {
        var places = (layer is Recurrent or Bidirectional or GatedRecurrent ? layer.input.shape : layer.output.shape).Dims[1..^1].ToArray();
        if (Array.Exists(places, d => d < 0))
            throw new ArgumentException($"Operations: expected a length for each axis. Received: '{layer.name}' of {layer.output.shape}. "
                + "State it in keras.Input.");
        return kernel.shape.Size * places.Aggregate(1L, (a, b) => a * b);
    }
}
