using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Puts units into other places: y_i = factor_i · x[…, places_i], and 0 where the place is −1.</summary>
/// <remarks>What <see cref="HardConcreteGate.Compact(Model)"/> puts between layers where units of several layers meet in a sum, or go to
/// several, and not all of them have lost the same. It multiplies by no kernel. Shapes: (batch, …, n) → (batch, …, places); factors
/// (places), which do not train, ones.</remarks>
/// <param name="places">For each unit that comes out, from 0 on, where it stands in what goes in; −1 for none.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class UnitPlaces(int[] places, string? name = null) : Layer(name)
{
    readonly int[] places = places;

    /// <summary>What each unit is multiplied by; null before the layer is built.</summary>
    public Variable? factors { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">No place, or one that the input has not.</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank < 2 || places.Length == 0 || Array.Exists(places, p => p < -1 || p >= input_shape[^1]))
            throw new ShapeException($"Layer '{this.name}': expected places from 0 to below the number of units along the last axis of "
                + $"(batch, …, n), or −1. Received: {string.Join(", ", places)} for {input_shape}. Count units from 0.");
        factors = add_weight(places.Length, new Ones(), "factors", trainable: false);
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var n = inputs.shape[^1];
        // One more unit that is 0 stands behind the others.
        var all = places.Contains(-1) ? tf.concat([inputs, tf.zeros_like(inputs[TensorIndex.Ellipsis, ..1])], -1) : inputs;
        return tf.gather(all, Array.ConvertAll(places, p => p < 0 ? n : p), axis: -1) * factors!.value();
    }
}
