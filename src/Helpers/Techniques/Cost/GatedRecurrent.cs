using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>A recurrent layer with a gate for each unit, inside of the recurrence too, so that a unit whose gate is closed can be cut
/// out.</summary>
/// <remarks>
/// Where the layer has h, the other units at the next step and the layers behind see z·h; the state of the unit itself stays as it is. So
/// nobody sees a unit with z = 0, and one with z above 0 is a unit whose rows of recurrent_kernel and of the next kernel are z times as
/// large: <see cref="HardConcreteGate.Compact(Model)"/> makes that layer, which says the same. A gate behind the layer alone would not
/// do, since the other units would go on reading what it has closed.
/// <c>Sequential([Input(13, dtype: tf.int32), Embedding(25, 8), new GatedRecurrent(layers.LSTM(12), new HardConcreteGate(price: 0.01)),
/// Dense(1)])</c>, trained, then <c>HardConcreteGate.Compact(model)</c>. Shapes are those of the layer.
/// </remarks>
public sealed class GatedRecurrent : Layer
{
    /// <summary>A recurrent layer with gated units.</summary>
    /// <param name="layer">SimpleRNN, LSTM or GRU.</param>
    /// <param name="gate">The gate of its units, with the price of each.</param>
    /// <param name="name">Default gated_recurrent, numbered.</param>
    /// <exception cref="ArgumentException">The layer gives its states too, which no gate has seen.</exception>
    public GatedRecurrent(Recurrent layer, HardConcreteGate gate, string? name = null) : base(name)
    {
        if (layer.return_state)
            throw new ArgumentException($"GatedRecurrent: expected a layer that gives its output alone. Received: '{layer.name}' with "
                + "return_state, and its states are those before the gates. Leave return_state out.", nameof(layer));
        (this.layer, this.gate) = (layer, gate);
    }

    /// <summary>The recurrent layer.</summary>
    public Recurrent layer { get; }

    /// <summary>The gate of its units.</summary>
    public HardConcreteGate gate { get; }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => layer.return_sequences ? mask : null;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not three axes.</exception>
    public override void build(Shape input_shape)
    {
        if (layer.built) return;
        // One row of one step makes the weights.
        if (input_shape.Rank == 3 && input_shape[2] > 0) layer.Apply(tf.zeros((1, 1, input_shape[2]), dtype));
        layer.reset_state();
    }

    /// <inheritdoc/>
    public override Tensor[] call(Tensor[] inputs, bool training)
    {
        if (layer.recurrent_kernel is not { } kernel) return [layer.Apply(inputs, training)];
        var z = gate.Apply(tf.ones((1, kernel.shape[0]), dtype), training);
        using (kernel.ReadAs(tf.transpose(z) * kernel.value()))
        {
            var h = layer.Apply(inputs, training);
            return [h * z];
        }
    }
}
