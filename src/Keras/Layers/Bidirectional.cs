namespace Workbook.Keras;

/// <summary>A recurrent layer over a sequence from both ends, and both outputs joined. Schuster and Paliwal 1997. Keras:
/// keras.layers.Bidirectional.</summary>
/// <remarks>
/// The layer that is given is not used itself: two are made as it was, one that runs forwards and one backwards, with weights of their
/// own.
/// First states may be given as further inputs, those of the forward layer first.
/// </remarks>
public sealed class Bidirectional : Layer
{
    readonly string? merge_mode;

    /// <summary>A recurrent layer over a sequence from both ends.</summary>
    /// <param name="layer">SimpleRNN, LSTM or GRU.</param>
    /// <param name="merge_mode">concat (default), sum, mul, ave; null: both outputs, for ApplyMany.</param>
    /// <param name="backward_layer">The layer that runs backwards, with go_backwards; default: as the other.</param>
    /// <param name="name">Default bidirectional, numbered.</param>
    /// <exception cref="ArgumentException">Another layer or mode, or two layers that do not fit.</exception>
    public Bidirectional(Layer layer, string? merge_mode = "concat", Layer? backward_layer = null, string? name = null) : base(name)
    {
        if (merge_mode is not null) Spelling.Check("Bidirectional merge_mode", merge_mode, "concat", "sum", "mul", "ave");
        this.merge_mode = merge_mode;
        var given = Recurrent(layer);
        forward_layer = given.Again(given.go_backwards, "forward_" + Plain(layer.name, "forward_"));
        this.backward_layer = backward_layer is null ? given.Again(!given.go_backwards, "backward_" + Plain(layer.name, "backward_"))
            : Recurrent(backward_layer);
        var (one, other) = (forward_layer, this.backward_layer);
        if (one.go_backwards == other.go_backwards || one.return_sequences != other.return_sequences
            || one.return_state != other.return_state || one.stateful != other.stateful)
            throw new ArgumentException($"Layer '{this.name}': expected two layers that differ in go_backwards and agree in "
                + $"return_sequences, return_state and stateful. Received: {Told(one)} and {Told(other)}.");
        one.ZeroWhereMasked = one.return_sequences;
        other.ZeroWhereMasked = other.return_sequences;
    }

    internal override string[] InputNames => ["sequences", "initial_state"];

    /// <summary>The layer that runs forwards.</summary>
    [Argument("layer")]
    public Recurrent forward_layer { get; }

    /// <summary>The layer that runs backwards.</summary>
    public Recurrent backward_layer { get; }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => forward_layer.return_sequences ? mask : null;

    /// <summary>Forgets the states that stateful layers keep.</summary>
    public void reset_state()
    {
        forward_layer.reset_state();
        backward_layer.reset_state();
    }

    /// <inheritdoc/>
    public override Tensor[] call(Tensor[] inputs, bool training)
    {
        var half = (inputs.Length - 1) / 2;
        var one = forward_layer.ApplyMany([inputs[0], .. inputs[1..(1 + half)]], training);
        var other = backward_layer.ApplyMany([inputs[0], .. inputs[(1 + half)..]], training);
        var back = forward_layer.return_sequences ? tf.reverse(other[0], 1) : other[0];
        Tensor[] joined = merge_mode switch
        {
            "concat" => [tf.concat([one[0], back], -1)],
            "sum" => [one[0] + back],
            "ave" => [(one[0] + back) / 2],
            "mul" => [one[0] * back],
            _ => [one[0], back],
        };
        return [.. joined, .. one[1..], .. other[1..]];
    }

    static Recurrent Recurrent(Layer layer) => layer as Recurrent
        ?? throw new ArgumentException("Bidirectional: expected a SimpleRNN, LSTM or GRU. "
            + $"Received: {layer.GetType().Name} '{layer.name}'.");

    static string Plain(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;

    static string Told(Recurrent r) =>
        $"go_backwards {r.go_backwards}, return_sequences {r.return_sequences}, return_state {r.return_state}, "
        + $"stateful {r.stateful}";
}
