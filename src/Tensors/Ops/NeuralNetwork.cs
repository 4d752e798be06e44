using System.Numerics.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;

namespace Workbook.Tensors;

/// <summary>Activations and losses on logits. TensorFlow: tf.nn.</summary>
/// <remarks>Slopes and scales may be variables: they are ordinary inputs and get gradients.</remarks>
public abstract partial class NeuralNetworkOps
{
    private protected NeuralNetworkOps()
    {
    }

    /// <summary>max(x, 0); the gradient at 0 is 0, at NaN too.</summary>
    public static Tensor relu(Operand features) => Op.Map(Basic.Relu, features, (g, x, _) => ReluGradient(g, x));

    static readonly ZipKernel ReluBack = new("relu_grad", Elementwise.Zip<float, Elementwise.ReluGradient<float>>,
        Elementwise.Zip<double, Elementwise.ReluGradient<double>>);

    /// <summary>g where x &gt; 0, else 0, in one pass.</summary>
    static Tensor ReluGradient(Tensor g, Tensor x) => Op.Zip(ReluBack, g, x, da: (u, _, x, _) => ReluGradient(u, x), db: null);

    /// <summary>max(x · kernel + bias, 0), or without the maximum: a layer in one pass. Ours; the same as its composition.</summary>
    /// <param name="x">(…, n).</param>
    /// <param name="kernel">(n, units).</param>
    /// <param name="bias">(units).</param>
    /// <param name="relu">Whether what is negative becomes 0.</param>
    /// <returns>(…, units).</returns>
    /// <exception cref="ShapeException">Shapes do not fit.</exception>
    public static Tensor dense(Operand x, Operand kernel, Operand bias, bool relu = false)
    {
        var inputs = Op.Match("dense", [x, kernel, bias]);
        var (a, w, b) = (Op.Floating("dense", inputs[0]), inputs[1], inputs[2]);
        if (a.ndim < 1 || w.ndim != 2 || b.ndim != 1 || a.shape[^1] != w.shape[0] || b.shape[0] != w.shape[1])
            throw new ShapeException(
                $"dense: expected x (…, n), kernel (n, units), bias (units). Received: {a.shape}, {w.shape}, {b.shape}.");
        if (a.ndim != 2)
            return tf.reshape(dense(tf.reshape(a, (a.size / Math.Max(1, w.shape[0]), w.shape[0])), w, b, relu),
                new Shape([.. a.shape.Dims[..^1], w.shape[1]]));
        var y = Backend.Current.Dense(a, w, b, relu);
        // Two nodes for one pass: what relu lets through is found once for all three inputs.
        var linear = Op.Made("dense", relu ? y.View(y.shape) : y, inputs, (g, i) => i switch
        {
            0 => tf.matmul(g, w, transpose_b: true),
            1 => tf.matmul(a, g, transpose_a: true),
            _ => tf.reduce_sum(g, 0),
        });
        return relu ? Op.Made("relu", y, linear, (g, _, y) => ReluGradient(g, y)) : linear;
    }

    /// <summary>min(max(x, 0), 6); the gradient at 0 and at 6 is 0.</summary>
    public static Tensor relu6(Operand features) => tf.where(features >= 6, 6.0, relu(features));

    /// <summary>x where x &gt; 0, else alpha·x; the gradient at 0 is alpha.</summary>
    /// <param name="features">Any shape.</param>
    /// <param name="alpha">The slope below 0; may be a variable; default 0.2.</param>
    public static Tensor leaky_relu(Operand features, Operand? alpha = null)
    {
        var x = features.Read();
        return tf.where(x > 0, x, x * (alpha ?? 0.2));
    }

    /// <summary>x where x ≥ 0, else alpha·(eˣ − 1); the gradient at 0 is 1.</summary>
    /// <param name="features">Any shape.</param>
    /// <param name="alpha">The depth below 0; may be a variable; default 1.</param>
    public static Tensor elu(Operand features, Operand? alpha = null)
    {
        var x = features.Read();
        var below = tf.expm1(tf.where(x >= 0, 0.0, x));
        return tf.where(x >= 0, x, alpha is null ? below : alpha * below);
    }

    /// <summary>
    /// λ·elu(x, α) with λ = 1.0507009873554805 and α = 1.6732632423543772, for which activations keep mean 0 and variance 1.
    /// </summary>
    public static Tensor selu(Operand features) => 1.0507009873554805 * elu(features, 1.6732632423543772);

    /// <summary>x·Φ(x) with the normal distribution function Φ; approximate: ½x(1 + tanh(√(2/π)(x + 0.044715x³))).</summary>
    /// <param name="features">Any shape.</param>
    /// <param name="approximate">Whether to use the form with tanh.</param>
    public static Tensor gelu(Operand features, bool approximate = false)
    {
        var x = Op.Floating("gelu", features);
        return approximate
            ? 0.5 * x * (1 + tf.tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * (x * x * x))))
            : 0.5 * x * tf.math.erfc(x * -Math.Sqrt(0.5));
    }

    /// <summary>x·sigmoid(βx).</summary>
    /// <param name="features">Any shape.</param>
    /// <param name="beta">The steepness; may be a variable; default 1.</param>
    public static Tensor silu(Operand features, Operand? beta = null)
    {
        var x = features.Read();
        return x * tf.sigmoid(beta is null ? x : beta * x);
    }

    /// <summary>x·sigmoid(x); the same as <see cref="silu"/>.</summary>
    public static Tensor swish(Operand features, Operand? beta = null) => silu(features, beta);

    /// <inheritdoc cref="MathOps.sigmoid"/>
    public static Tensor sigmoid(Operand x) => tf.sigmoid(x);

    /// <inheritdoc cref="MathOps.tanh"/>
    public static Tensor tanh(Operand x) => tf.tanh(x);

    /// <inheritdoc cref="MathOps.softplus"/>
    public static Tensor softplus(Operand features) => tf.softplus(features);

    /// <inheritdoc cref="MathOps.softsign"/>
    public static Tensor softsign(Operand features) => tf.softsign(features);

    /// <summary>eˣ / Σ eˣ along an axis, without overflow.</summary>
    /// <param name="logits">At least one axis.</param>
    /// <param name="axis">Default: the last.</param>
    public static Tensor softmax(Operand logits, int axis = -1) => AlongAxis("softmax", Basic.Softmax, logits, axis,
        (g, _, y) => y * (g - tf.reduce_sum(g * y, -1, keepdims: true)));

    /// <summary>x − log Σ eˣ along an axis, without overflow.</summary>
    /// <inheritdoc cref="softmax"/>
    public static Tensor log_softmax(Operand logits, int axis = -1) => AlongAxis("log_softmax", Basic.LogSoftmax, logits, axis,
        (g, _, y) => g - tf.exp(y) * tf.reduce_sum(g, -1, keepdims: true));

    static Tensor AlongAxis(string op, MapKernel kernel, Operand operand, int axis, Vjp vjp)
    {
        var x = Op.Floating(op, operand);
        axis = x.shape.Axis(axis, op);
        var rows = Layout.AxisLast(x, axis);
        var y = rows.size == 0 ? tf.identity(rows) : Op.Made(op, Backend.Current.Rows(kernel, rows), rows, vjp);
        return Layout.AxisBack(y, axis);
    }

    /// <summary>−Σ labels·log softmax(logits) along an axis, one number per row.</summary>
    /// <param name="labels">Probabilities, of the shape of logits (or broadcasting to it).</param>
    /// <param name="logits">Scores before the softmax.</param>
    /// <param name="axis">The class axis; default the last.</param>
    /// <remarks>
    /// The gradient by the logits is (softmax·Σ labels − labels)·g. TensorFlow leaves the sum out, which is wrong unless it is 1.
    /// </remarks>
    /// <exception cref="ShapeException">Shapes differ.</exception>
    public static Tensor softmax_cross_entropy_with_logits(Operand labels, Operand logits, int axis = -1)
    {
        var (p, x) = Op.Match("softmax_cross_entropy_with_logits", labels, logits);
        Op.Floating("softmax_cross_entropy_with_logits", x);
        axis = x.shape.Axis(axis, "softmax_cross_entropy_with_logits");
        if (Shape.Broadcast(p.shape, x.shape, "softmax_cross_entropy_with_logits: labels and logits") != x.shape)
            throw new ShapeException(
                $"softmax_cross_entropy_with_logits: expected labels of the shape of logits. Received: {p.shape} and {x.shape}.");
        p = tf.broadcast_to(p, x.shape);
        (p, x) = (Layout.AxisLast(p, axis), Layout.AxisLast(x, axis));
        var outer = new Shape(x.shape.Dims[..^1]);
        var (classes, rows) = (x.shape[^1], x.size / Math.Max(1, x.shape[^1]));
        if (x.ndim != 2) (p, x) = (tf.reshape(p, (rows, classes)), tf.reshape(x, (rows, classes)));
        var (loss, slope) = Backend.Current.CrossEntropy(p, x);
        var made = Op.Made("softmax_cross_entropy_with_logits", loss, p, x,
            da: (g, _, x, _) => -(tf.expand_dims(g, -1) * log_softmax(x)),
            // The gradient is known already; only a tape that records this needs to see how it comes about.
            db: (g, p, x,
                _) => tf.expand_dims(g, -1)
                    * (Autodiff.TapeSet.Recording(x.Tapes, p.Tapes) is null ? slope
                        : softmax(x) * tf.reduce_sum(p, -1, keepdims: true) - p));
        return outer.Rank == 1 ? made : tf.reshape(made, outer);
    }

    /// <summary>−log softmax(logits)[label], one number per row.</summary>
    /// <param name="labels">int32 or int64 classes, of the shape of logits without its last axis.</param>
    /// <param name="logits">(…, classes).</param>
    /// <exception cref="ShapeException">Shapes do not fit, or a label is out of range.</exception>
    public static Tensor sparse_softmax_cross_entropy_with_logits(Operand labels, Operand logits)
    {
        var x = Op.Floating("sparse_softmax_cross_entropy_with_logits", logits);
        var ids = labels.Read();
        if (x.ndim == 0 || !ids.shape.Dims.SequenceEqual(x.shape.Dims[..^1]))
            throw new ShapeException(
                $"sparse_softmax_cross_entropy_with_logits: expected labels of the shape of logits without its last axis. "
                    + $"Received: {ids.shape} and {x.shape}.");
        foreach (var id in ids.ToArray<long>())
            if (id < 0 || id >= x.shape[^1])
                throw new ShapeException(
                    $"sparse_softmax_cross_entropy_with_logits: expected labels from 0 to {x.shape[^1] - 1}. Received: {id}.");
        if (Fused(ids, x) is { } made) return made;
        var hot = tf.one_hot(ids, x.shape[^1], dtype: x.dtype);
        // Selected rather than multiplied: a logit of −∞ that no label names does not matter.
        Tensor plain;
        using (Autodiff.TapeSet.Suspend()) plain = -tf.reduce_sum(tf.where(hot > 0, log_softmax(x), 0.0), -1);
        return Op.Made("sparse_softmax_cross_entropy_with_logits", plain, x, (g, x, _) => tf.expand_dims(g, -1) * (softmax(x) - hot));
    }

    /// <summary>The same by a kernel of the backend, if it has one.</summary>
    static Tensor? Fused(Tensor ids, Tensor x)
    {
        if (x.size == 0
            || Backend.Current.SparseCrossEntropy(ids.View(ids.size), x.View((ids.size, x.shape[^1]))) is not var (loss, slope))
            return null;
        return Op.Made("sparse_softmax_cross_entropy_with_logits", loss.View(ids.shape), x, (g, x, _) => tf.expand_dims(g, -1) *
            (Autodiff.TapeSet.Recording(x.Tapes, null) is null ? slope.View(x.shape)
                : softmax(x) - tf.one_hot(ids, x.shape[^1], dtype: x.dtype)));
    }

    /// <summary>−z·log sigmoid(x) − (1 − z)·log(1 − sigmoid(x)) = max(x, 0) − x·z + log(1 + e^−|x|), elementwise.</summary>
    /// <param name="labels">Probabilities z, of the shape of logits.</param>
    /// <param name="logits">Scores x before the sigmoid.</param>
    /// <exception cref="ShapeException">Shapes differ.</exception>
    public static Tensor sigmoid_cross_entropy_with_logits(Operand labels, Operand logits)
    {
        var (z, x) = Op.Match("sigmoid_cross_entropy_with_logits", labels, logits);
        if (z.shape != x.shape)
            throw new ShapeException(
                $"sigmoid_cross_entropy_with_logits: expected labels and logits of one shape. Received: {z.shape} and {x.shape}.");
        // Not softplus(x) − x·z, which loses e^−x for large x. This form has kinks at 0 that cancel, so its gradient is stated.
        Tensor plain;
        using (Autodiff.TapeSet.Suspend()) plain = relu(x) - x * z + tf.softplus(-tf.abs(x));
        return Op.Made("sigmoid_cross_entropy_with_logits", plain, z, x,
            da: (g, _, x, _) => -(g * x),
            db: (g, z, x, _) => g * (tf.sigmoid(x) - z));
    }

    /// <summary>½ Σ x².</summary>
    public static Tensor l2_loss(Operand t)
    {
        var x = Op.Floating("l2_loss", t);
        return Op.Made("l2_loss", Backend.Current.HalfSumOfSquares(x), x, (g, x, _) => g * x);
    }

    /// <summary>x / √max(Σ x², ε) along axes: vectors of length 1.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">Default: all.</param>
    /// <param name="epsilon">The smallest squared length to divide by; default 1e-12; may be a variable.</param>
    public static Tensor l2_normalize(Operand x, Axes? axis = null, Operand? epsilon = null)
    {
        var v = x.Read();
        return v * tf.rsqrt(tf.maximum(tf.reduce_sum(tf.square(v), axis, keepdims: true), epsilon ?? 1e-12));
    }

    /// <summary>Mean and variance (divided by n) over axes.</summary>
    public static (Tensor mean, Tensor variance) moments(Operand x, Axes axes, bool keepdims = false) =>
        (tf.reduce_mean(x, axes, keepdims), tf.reduce_variance(x, axes, keepdims));

    /// <summary>Rows of a table by id; the same as <c>tf.gather</c>.</summary>
    public static Tensor embedding_lookup(Operand @params, Operand ids) => tf.gather(@params, ids);
}

public abstract partial class MathOps
{
    /// <summary>x / √max(Σ x², ε) along axes: vectors of length 1; the same as <c>tf.nn.l2_normalize</c>.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="axis">Default: all.</param>
    /// <param name="epsilon">The smallest squared length to divide by; default 1e-12.</param>
    public static Tensor l2_normalize(Operand x, Axes? axis = null, Operand? epsilon = null) => tf.nn.l2_normalize(x, axis, epsilon);
}
