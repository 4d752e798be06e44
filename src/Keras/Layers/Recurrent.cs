using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>What <see cref="SimpleRNN"/>, <see cref="LSTM"/> and <see cref="GRU"/> share: steps one after another, and a state that goes
/// from each to the next. Keras: RNN.</summary>
/// <remarks>
/// A step that is masked out changes nothing: the state stays, and its output is that of the step before. The first state may be given as
/// further inputs: <c>layer.Apply([x, h])</c>; default zeros. With first states a mask is not used, as in Keras.
/// </remarks>
public abstract class Recurrent : Layer
{
    readonly int units;
    readonly ActivationFunction activation;
    readonly bool use_bias, unroll;
    readonly Initializer kernel_initializer, recurrent_initializer, bias_initializer;
    readonly Regularizer? kernel_regularizer, recurrent_regularizer, bias_regularizer;
    readonly Constraint? kernel_constraint, recurrent_constraint, bias_constraint;
    readonly Hyperparameter dropout, recurrent_dropout;
    readonly long? seed;
    readonly SplitMix64? own;
    // Not weights of a model, and no field of a type that is owned.
    Tensor[]? kept;

    private protected Recurrent(int gates, int states, int units, ActivationFunction? activation, bool use_bias,
        Initializer? kernel_initializer, Initializer? recurrent_initializer, Initializer? bias_initializer,
        Regularizer? kernel_regularizer, Regularizer? recurrent_regularizer, Regularizer? bias_regularizer, Constraint? kernel_constraint,
        Constraint? recurrent_constraint, Constraint? bias_constraint, Hyperparameter? dropout, Hyperparameter? recurrent_dropout,
        bool return_sequences, bool return_state, bool go_backwards, bool stateful, bool unroll, long? seed, string? name) : base(name)
    {
        (Gates, States, this.units) = (gates, states, ImageAxes.AtLeastOne(this, nameof(units), units));
        (this.activation, this.use_bias, this.unroll) = (activation ?? "tanh", use_bias, unroll);
        (this.kernel_initializer, this.recurrent_initializer) = (kernel_initializer ?? new GlorotUniform(),
            recurrent_initializer ?? new Orthogonal());
        this.bias_initializer = bias_initializer ?? new Zeros();
        (this.kernel_regularizer, this.recurrent_regularizer, this.bias_regularizer) =
            (kernel_regularizer, recurrent_regularizer, bias_regularizer);
        (this.kernel_constraint, this.recurrent_constraint, this.bias_constraint) = (kernel_constraint, recurrent_constraint,
            bias_constraint);
        this.dropout = (dropout ?? 0).Within("dropout", low: 0, high: 1, open: true);
        this.recurrent_dropout = (recurrent_dropout ?? 0).Within("recurrent_dropout", low: 0, high: 1, open: true);
        (this.return_sequences, this.return_state, this.go_backwards, this.stateful) = (return_sequences, return_state, go_backwards,
            stateful);
        (this.seed, own) = (seed, seed is { } s ? new((ulong)s) : null);
    }

    /// <summary>Keras makes a cell of what a step does, and keeps the weights there.</summary>
    internal override string StoredIn => "cell";

    internal override string[] InputNames => ["sequences", "initial_state"];

    private protected int Gates { get; }

    private protected int States { get; }

    /// <summary>The length of the state and of each output.</summary>
    private protected int Units => units;

    private protected ActivationFunction Activated => activation;

    /// <summary>Whether the output of every step is given, and not only that of the last.</summary>
    public bool return_sequences { get; }

    /// <summary>Whether the last state is given too, after the output.</summary>
    public bool return_state { get; }

    /// <summary>Whether the last step of the input comes first; outputs are in the order in which they were made.</summary>
    public bool go_backwards { get; }

    /// <summary>Whether the last state of a batch is the first of the next.</summary>
    public bool stateful { get; }

    /// <summary>Whether the output of a step that is masked out is 0 and not that of the step before.</summary>
    internal bool ZeroWhereMasked { get; set; }

    /// <summary>Whether a step that is masked out gives zeros rather than the output before it. Default false.</summary>
    public bool zero_output_for_mask { get => ZeroWhereMasked; init => ZeroWhereMasked = value; }

    /// <summary>(features, gates · units); null before the layer is built.</summary>
    public Variable? kernel { get; private set; }

    /// <summary>(units, gates · units); null before the layer is built.</summary>
    public Variable? recurrent_kernel { get; private set; }

    /// <summary>(gates · units), for GRU (2, gates · units); null before the layer is built, or without a bias.</summary>
    public Variable? bias { get; private set; }

    /// <summary>The last state, while the layer is stateful and has run.</summary>
    public IReadOnlyList<Tensor> states => kept ?? [];

    /// <summary>Forgets the state that a stateful layer keeps: the next batch begins with zeros. Keras: reset_state.</summary>
    public void reset_state() => kept = null;

    /// <summary>A layer with the same arguments and weights of its own.</summary>
    internal Recurrent Again(bool backwards, string name)
    {
        var arguments = Arguments.Of(GetType());
        return (Recurrent)arguments.Make(new Dictionary<string, object?>(arguments.Of(this).Select(a => KeyValuePair.Create(a.Name,
            a.Value)))
        {
            ["go_backwards"] = backwards,
            ["name"] = name,
        });
    }

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => return_sequences ? mask : null;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not three axes.</exception>
    public override void build(Shape input_shape)
    {
        var features = ImageAxes.Channels(this, input_shape, 1);
        kernel = add_weight((features, Gates * units), kernel_initializer, "kernel", kernel_regularizer, kernel_constraint);
        recurrent_kernel = add_weight((units, Gates * units), recurrent_initializer, "recurrent_kernel", recurrent_regularizer,
            recurrent_constraint);
        if (use_bias) bias = add_weight(BiasShape, FirstBias(bias_initializer), "bias", bias_regularizer, bias_constraint);
    }

    private protected virtual Shape BiasShape => Gates * units;

    private protected virtual Initializer FirstBias(Initializer given) => given;

    /// <summary>The part of the bias that is added to the product with the input.</summary>
    private protected virtual Tensor? InputBias => bias?.value();

    /// <summary>The step of this call: from the product of the input with the kernel and its bias, (batch, gates · units), and the states,
    /// each (batch, units), to the next states, of which the first is the output.</summary>
    /// <param name="dropped">For each gate what h is multiplied by before its product; empty: nothing.</param>
    private protected abstract Func<Tensor, Tensor[], Tensor[]> Cell(Tensor[] dropped);

    /// <summary>h · recurrent_kernel, with units of h dropped for each gate by itself where asked for.</summary>
    private protected Func<Tensor, Tensor> Carried(Tensor[] dropped)
    {
        var all = recurrent_kernel!.value();
        if (dropped.Length == 0) return h => tf.matmul(h, all);
        var each = tf.split(all, Gates, axis: 1);
        return h => tf.concat(dropped.Zip(each, (m, k) => (Operand)tf.matmul(h * m, k)), 1);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Other features than the layer was built for, no steps, or a first state that does not
    /// fit.</exception>
    public override Tensor[] call(Tensor[] inputs, bool training)
    {
        var x = ImageAxes.Fitting(this, tf.cast(inputs[0], dtype), 1, kernel!.shape[0]);
        int batch = x.shape[0], steps = x.shape[1];
        if (steps == 0) throw new ShapeException($"Layer '{name}': expected at least one step. Received: shape {x.shape}.");
        var state = First(inputs, batch);
        var z = Projected(x, training);
        Tensor[] dropped = training && recurrent_dropout.Number != 0 ? Dropped(Gates, batch, units, recurrent_dropout) : [];
        var step = Cell(dropped);
        var mask = Counting(inputs) is { } m ? tf.unstack(tf.transpose(tf.cast(m, DType.Bool)), 0) : null;
        var (outputs, output) = (new Tensor[steps], tf.zeros((batch, units), dtype));
        for (var i = 0; i < steps; i++)
        {
            var t = go_backwards ? steps - 1 - i : i;
            var next = step(tf.reshape(tf.slice(z, [t, 0, 0], [1, batch, z.shape[2]]), (batch, z.shape[2])), state);
            if (mask is null) (output, state) = (next[0], next);
            else
            {
                var counts = tf.expand_dims(mask[t], -1);
                output = tf.where(counts, next[0], ZeroWhereMasked ? tf.zeros_like(output) : output);
                state = [.. next.Zip(state, (now, before) => tf.where(counts, now, before))];
            }
            outputs[i] = output;
        }
        // A sample that only tells shapes leaves nothing behind.
        if (stateful && !Step.IsSampling) kept = Array.ConvertAll(state, s => tf.stop_gradient(s));
        var result = return_sequences ? tf.stack(outputs, axis: 1) : output;
        return return_state ? [result, .. state] : [result];
    }

    /// <summary>Which steps count. Keras hands no mask to a call that is given first states, so neither does this.</summary>
    Tensor? Counting(Tensor[] inputs)
    {
        if (inputs.Length == 1 || inputs[0].Mask is null) return inputs[0].Mask;
        Warnings.Once("states:" + name, $"Layer '{name}' is called with first states: as in Keras, the mask of its input is not used then, "
            + "and steps that are masked out count.", this);
        return null;
    }

    /// <summary>All steps at once, (steps, batch, gates · units): one product, since no step needs another here.</summary>
    Tensor Projected(Tensor x, bool training)
    {
        int batch = x.shape[0], steps = x.shape[1], features = x.shape[2];
        var rows = tf.reshape(tf.transpose(x, [1, 0, 2]), (steps * batch, features));
        Tensor z;
        if (!training || dropout.Number == 0) z = tf.matmul(rows, kernel!);
        else
        {
            // The same features in every step; for each gate by itself where Keras does so.
            var gates = recurrent_dropout.Number == 0 || Gates == 1 ? 1 : Gates;
            var kept = Dropped(gates, batch, features, dropout);
            z = tf.concat(kept.Zip(tf.split(kernel!, gates, axis: 1), (m, k) =>
                (Operand)tf.matmul(rows * tf.tile(m, [steps, 1]), k)), 1);
        }
        if (InputBias is { } b) z += b;
        return tf.reshape(z, (steps, batch, Gates * units));
    }

    /// <summary>Zeros where something is dropped, and 1 / (1 − rate) elsewhere.</summary>
    Tensor[] Dropped(int count, int batch, int length, Hyperparameter rate)
    {
        var p = rate.value(dtype);
        return [.. Enumerable.Range(0, count).Select(_ => tf.where(
            tf.random.uniform((batch, length), dtype: dtype, seed: (long?)own?.NextUInt64()) < 1 - p, 1 / (1 - p), 0.0))];
    }

    Tensor[] First(Tensor[] inputs, int batch)
    {
        Tensor[] given = inputs.Length > 1 ? inputs[1..] : stateful && kept is not null && !Step.IsSampling ? kept : [];
        if (given.Length == 0) return [.. Enumerable.Repeat(tf.zeros((batch, units), dtype), States)];
        if (given.Length != States || Array.Exists(given, s => s.ndim != 2 || s.shape[0] != batch || s.shape[1] != units))
            throw new ShapeException($"Layer '{name}': expected {States} first state{(States == 1 ? "" : "s")} of shape ({batch}, {units}). "
                + $"Received: {string.Join(", ", given.Select(s => s.shape))}."
                + (inputs.Length == 1 ? " A stateful layer takes batches of one size; reset_state() begins anew." : ""));
        return Array.ConvertAll(given, s => tf.cast(s, dtype));
    }
}
