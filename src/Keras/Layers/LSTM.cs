namespace Workbook.Keras;

/// <summary>Long short-term memory: gates i, f, o and a candidate c̃ from x and h; c′ = f · c + i · c̃; h′ = o · activation(c′).
/// Hochreiter and Schmidhuber 1997. Keras: keras.layers.LSTM.</summary>
/// <remarks>Shapes: x (batch, steps, features) → (batch, units); kernel (features, 4 units) Glorot uniform; recurrent_kernel (units, 4
/// units) orthogonal; bias (4 units): in the order i, f, c̃, o. The states are h and c. A step that is masked out changes nothing.
/// Further inputs are the first states: <c>Apply([x, h, c])</c>; default zeros.</remarks>
/// <param name="units">The length of the state and of each output; at least 1.</param>
/// <param name="activation">Default tanh.</param>
/// <param name="recurrent_activation">Of the gates; default sigmoid.</param>
/// <param name="use_bias">Default true.</param>
/// <param name="kernel_initializer">Default Glorot uniform.</param>
/// <param name="recurrent_initializer">Default orthogonal.</param>
/// <param name="bias_initializer">Default zeros.</param>
/// <param name="unit_forget_bias">Whether the bias of the forget gate begins with ones; default true.</param>
/// <param name="kernel_regularizer">A penalty on the kernel; its strength may be a variable, which then trains.</param>
/// <param name="recurrent_regularizer">A penalty on the recurrent kernel.</param>
/// <param name="bias_regularizer">A penalty on the bias.</param>
/// <param name="kernel_constraint">Where the kernel may be.</param>
/// <param name="recurrent_constraint">Where the recurrent kernel may be.</param>
/// <param name="bias_constraint">Where the bias may be.</param>
/// <param name="dropout">The share of features dropped in training, the same in all steps; from 0 to below 1, default 0. May be a
/// variable: the scale 1 / (1 − rate) carries a gradient to it.</param>
/// <param name="recurrent_dropout">The share of the state dropped in training before its product; as dropout.</param>
/// <param name="seed">Of what is dropped; default: the global generator.</param>
/// <param name="return_sequences">Whether the output of every step is given, (batch, steps, units); default false: that of the last,
/// (batch, units).</param>
/// <param name="return_state">Whether the last states are given too, after the output: use ApplyMany. Default false.</param>
/// <param name="go_backwards">Whether the last step comes first; outputs are in the order in which they were made. Default false.</param>
/// <param name="stateful">Whether the last state of a batch is the first of the next, until reset_state(); default false.</param>
/// <param name="unroll">Taken for Keras' sake: steps are always made one by one.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">units below 1.</exception>
/// <exception cref="ArgumentOutOfRangeException">A rate below 0, or of 1 and more.</exception>
[OnlyAs("use_cudnn", "\"auto\"", "false", "true")]
[OnlyAs("zero_output_for_mask", "false")]
public sealed class LSTM(int units, ActivationFunction? activation = null, ActivationFunction? recurrent_activation = null,
    bool use_bias = true, Initializer? kernel_initializer = null, Initializer? recurrent_initializer = null,
    Initializer? bias_initializer = null, bool unit_forget_bias = true, Regularizer? kernel_regularizer = null,
    Regularizer? recurrent_regularizer = null, Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null,
    Constraint? recurrent_constraint = null, Constraint? bias_constraint = null, Hyperparameter? dropout = null,
    Hyperparameter? recurrent_dropout = null, long? seed = null, bool return_sequences = false, bool return_state = false,
    bool go_backwards = false, bool stateful = false, bool unroll = false, string? name = null)
    : Recurrent(4, 2, units, activation, use_bias, kernel_initializer, recurrent_initializer, bias_initializer, kernel_regularizer,
        recurrent_regularizer, bias_regularizer, kernel_constraint, recurrent_constraint, bias_constraint, dropout, recurrent_dropout,
        return_sequences, return_state, go_backwards, stateful, unroll, seed, name)
{
    [Argument("recurrent_activation")]
    readonly ActivationFunction gate = recurrent_activation ?? "sigmoid";

    private protected override Initializer FirstBias(Initializer given) => unit_forget_bias ? new Forgetful(given, Units) : given;

    private protected override Func<Tensor, Tensor[], Tensor[]> Cell(Tensor[] dropped)
    {
        var carried = Carried(dropped);
        return (x, state) =>
        {
            var z = tf.split(x + carried(state[0]), 4, axis: 1);
            var c = gate.Apply(z[1]) * state[1] + gate.Apply(z[0]) * Activated.Apply(z[2]);
            return [gate.Apply(z[3]) * Activated.Apply(c), c];
        };
    }

    /// <summary>Ones for the forget gate, so that at first little is forgotten. Jozefowicz et al. 2015.</summary>
    sealed class Forgetful(Initializer given, int units) : Initializer
    {
        public override Tensor Apply(Shape shape, DType dtype) =>
            tf.concat([given.Apply(units, dtype), tf.ones(units, dtype), given.Apply(2 * units, dtype)], 0);
    }
}
