namespace Workbook.Keras;

/// <summary>Gated recurrent unit: gates z and r and a candidate h̃ from x and h; h′ = z · h + (1 − z) · h̃. Cho et al. 2014. Keras:
/// keras.layers.GRU.</summary>
/// <remarks>Shapes: x (batch, steps, features) → (batch, units); kernel (features, 3 units) Glorot uniform; recurrent_kernel (units, 3
/// units) orthogonal; bias (2, 3 units), or (3 units) without reset_after: in the order z, r, h̃. A step that is masked out changes
/// nothing. Further inputs are the first states: <c>Apply([x, h])</c>; default zeros.</remarks>
/// <param name="units">The length of the state and of each output; at least 1.</param>
/// <param name="activation">Default tanh.</param>
/// <param name="recurrent_activation">Of the gates; default sigmoid.</param>
/// <param name="use_bias">Default true.</param>
/// <param name="kernel_initializer">Default Glorot uniform.</param>
/// <param name="recurrent_initializer">Default orthogonal.</param>
/// <param name="bias_initializer">Default zeros.</param>
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
/// <param name="reset_after">Whether the reset gate acts after the product, as on GPUs; default true. It adds a bias of its own.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
/// <exception cref="ArgumentException">units below 1.</exception>
/// <exception cref="ArgumentOutOfRangeException">A rate below 0, or of 1 and more.</exception>
[OnlyAs("use_cudnn", "\"auto\"", "false", "true")]
[OnlyAs("zero_output_for_mask", "false")]
public sealed class GRU(int units, ActivationFunction? activation = null, ActivationFunction? recurrent_activation = null,
    bool use_bias = true, Initializer? kernel_initializer = null, Initializer? recurrent_initializer = null,
    Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null, Regularizer? recurrent_regularizer = null,
    Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null, Constraint? recurrent_constraint = null,
    Constraint? bias_constraint = null, Hyperparameter? dropout = null, Hyperparameter? recurrent_dropout = null, long? seed = null,
    bool return_sequences = false, bool return_state = false, bool go_backwards = false, bool stateful = false, bool unroll = false,
    bool reset_after = true, string? name = null)
    : Recurrent(3, 1, units, activation, use_bias, kernel_initializer, recurrent_initializer, bias_initializer, kernel_regularizer,
        recurrent_regularizer, bias_regularizer, kernel_constraint, recurrent_constraint, bias_constraint, dropout, recurrent_dropout,
        return_sequences, return_state, go_backwards, stateful, unroll, seed, name)
{
    [Argument("recurrent_activation")]
    readonly ActivationFunction gate = recurrent_activation ?? "sigmoid";

    private protected override Shape BiasShape => reset_after ? (2, 3 * Units) : 3 * Units;

    private protected override Tensor? InputBias => bias is null ? null : reset_after ? Row(0) : bias.value();

    Tensor Row(int i) => tf.reshape(tf.slice(bias!, [i, 0], [1, 3 * Units]), 3 * Units);

    private protected override Func<Tensor, Tensor[], Tensor[]> Cell(Tensor[] dropped) => reset_after ? After(dropped) : Before(dropped);

    Func<Tensor, Tensor[], Tensor[]> After(Tensor[] dropped)
    {
        var (carried, own) = (Carried(dropped), bias is null ? null : Row(1));
        return (x, state) =>
        {
            var inner = carried(state[0]);
            if (own is not null) inner += own;
            Tensor[] a = tf.split(x, 3, axis: 1), b = tf.split(inner, 3, axis: 1);
            return [Mixed(gate.Apply(a[0] + b[0]), state[0], Activated.Apply(a[2] + gate.Apply(a[1] + b[1]) * b[2]))];
        };
    }

    Func<Tensor, Tensor[], Tensor[]> Before(Tensor[] dropped)
    {
        var each = tf.split(recurrent_kernel!, 3, axis: 1);
        Tensor Kept(Tensor h, int i) => dropped.Length == 0 ? h : h * dropped[i];
        return (x, state) =>
        {
            var (a, h) = (tf.split(x, 3, axis: 1), state[0]);
            var reset = gate.Apply(a[1] + tf.matmul(Kept(h, 1), each[1]));
            return [Mixed(gate.Apply(a[0] + tf.matmul(Kept(h, 0), each[0])), h,
                Activated.Apply(a[2] + tf.matmul(reset * Kept(h, 2), each[2])))];
        };
    }

    static Tensor Mixed(Tensor share, Tensor old, Tensor now) => share * old + (1 - share) * now;
}
