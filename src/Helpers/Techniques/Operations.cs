using Workbook.Keras;

namespace Workbook.Helpers;

/// <summary>How much a model computes.</summary>
public static class Operations
{
    /// <summary>The multiplications with weights for one sample: of each kernel, as often as it is placed.</summary>
    /// <param name="model">Dense and convolutional layers count; a recurrent layer counts once for each step.</param>
    /// <exception cref="ArgumentException">The model does not know the shapes of its layers.</exception>
    public static long Of(Model model) => model.layers.Sum(Of);

    static long Of(Layer layer)
    {
        if (layer is Model inner) return Of(inner);
        var kernels = layer.weights.Where(w => w.shape.Rank >= 2).ToList();
        if (kernels.Count == 0 || layer is Embedding) return 0;
        var places = (layer is Recurrent or Bidirectional or GatedRecurrent ? layer.input.shape : layer.output.shape).Dims[1..^1].ToArray();
        if (Array.Exists(places, d => d < 0))
            throw new ArgumentException($"Operations: expected a length for each axis. Received: '{layer.name}' of {layer.output.shape}. "
                + "State it in keras.Input.");
        return kernels.Sum(k => (long)k.shape.Size) * places.Aggregate(1L, (a, b) => a * b);
    }
}
