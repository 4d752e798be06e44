namespace Workbook.Tensors;

public abstract partial class tf
{
    /// <summary>x itself, as a tensor of its own.</summary>
    public static Tensor identity(Operand input)
    {
        var x = input.Read();
        return Op.Made("identity", x.View(x.shape), x, (g, _, _) => g);
    }

    /// <summary>x without its history: no gradient flows back.</summary>
    public static Tensor stop_gradient(Operand input)
    {
        var x = input.Read();
        Autodiff.LostGradients.See("stop_gradient", x);
        return x.View(x.shape);
    }

    /// <summary>
    /// A value that goes forward as one tensor and backward as another. Ours; the straight-through estimator in one call.
    /// </summary>
    /// <param name="forward">What the result is, for example <c>tf.round(x)</c>; no gradient flows to it.</param>
    /// <param name="x">Where the gradient goes, unchanged; of the same shape.</param>
    /// <exception cref="ShapeException">Shapes differ.</exception>
    public static Tensor straight_through(Operand forward, Operand x)
    {
        var (y, source) = Op.Match("straight_through", forward, x);
        if (y.shape != source.shape)
            throw new ShapeException($"straight_through: expected two tensors of one shape. Received: {y.shape} and {source.shape}.");
        Autodiff.LostGradients.See("straight_through", y);
        return Op.Made("straight_through", y.View(y.shape), source, (g, _, _) => g);
    }

    /// <summary>A function whose gradient you state yourself. TensorFlow: tf.custom_gradient.</summary>
    /// <param name="f">From x to the result and the function that turns the result's gradient into that of x.</param>
    /// <returns>A function to use like any op. The stated gradient is differentiated again, through x and through what f computes on the
    /// way.</returns>
    /// <exception cref="TapeException">f reads a trainable variable that is not its input.</exception>
    /// <exception cref="ShapeException">The stated gradient has not the shape of x.</exception>
    public static Func<Operand, Tensor> custom_gradient(Func<Tensor, (Tensor y, Func<Tensor, Tensor> gradient)> f)
    {
        var of = custom_gradient((Tensor[] xs) =>
        {
            var (y, gradient) = f(xs[0]);
            return (y, g => new[] { gradient(g) });
        });
        return x => of([x]);
    }

    /// <summary>A function of several tensors whose gradients you state yourself. TensorFlow: tf.custom_gradient.</summary>
    /// <param name="f">From the inputs to the result and the function that turns the result's gradient into those of the inputs, in their
    /// order.</param>
    /// <exception cref="TapeException">f reads a trainable variable that is not an input, or states another number of
    /// gradients.</exception>
    /// <exception cref="ShapeException">A stated gradient has not the shape of its input.</exception>
    public static Func<Operand[], Tensor> custom_gradient(Func<Tensor[], (Tensor y, Func<Tensor, Tensor[]> gradient)> f) => operands =>
    {
        var xs = Array.ConvertAll(operands, o => constant(o));
        using var reads = new VariableReads();
        var (y, gradient) = f(xs);
        if (reads.Variables.FirstOrDefault(v => v.trainable && !operands.Contains(v)) is { } other)
            throw new TapeException($"custom_gradient: expected a function of its inputs alone. Received: one that reads "
                + $"the trainable variable '{other.name}', for which no gradient is stated. "
                + "Pass it as an input; if it is to stand still, take tf.stop_gradient of it outside of the function.");
        var stated = new Autodiff.StatedGradient(xs, gradient);
        var made = Op.Made("custom_gradient", y.View(y.shape), xs, stated.Of);
        stated.Node = made.Node;
        if (made.Tapes is { } tapes) Autodiff.Snapshot.See("custom_gradient", y, Array.Find(xs, x => x.Tapes is not null), tapes);
        else made.Lineage = Autodiff.Lineage.Of(made.Lineage, y.Lineage);
        return made;
    };

    /// <summary>Derivatives along directions. TensorFlow: tf.autodiff; the functions are ours.</summary>
    public abstract class autodiff
    {
        /// <summary>The directional derivative J·v of f at x: how f(x) moves when x moves along v.</summary>
        /// <param name="f">A function made of ops.</param>
        /// <param name="x">Where.</param>
        /// <param name="v">The direction, of x's shape.</param>
        /// <returns>f(x) and J·v, both of f(x)'s shape. Found by differentiating the vector-Jacobian product by its vector.</returns>
        public static (Tensor value, Tensor derivative) jvp(Func<Tensor, Tensor> f, Operand x, Operand v)
        {
            var at = constant(x);
            using var outer = GradientTape();
            using var inner = GradientTape();
            inner.watch(at);
            var y = f(at);
            var u = zeros_like(y);
            outer.watch(u);
            var pulled = inner.gradient(y, at, output_gradients: u);
            var derivative = pulled is null ? null : outer.gradient(pulled, u, output_gradients: constant(v, at.dtype));
            return (stop_gradient(y), derivative ?? zeros_like(y));
        }

        /// <summary>The vector-Jacobian product u·J of f at x.</summary>
        /// <param name="f">A function made of ops.</param>
        /// <param name="x">Where.</param>
        /// <param name="u">The weights of the elements of f(x), of its shape.</param>
        public static (Tensor value, Tensor gradient) vjp(Func<Tensor, Tensor> f, Operand x, Operand u)
        {
            var at = identity(x);
            using var tape = GradientTape();
            tape.watch(at);
            var y = f(at);
            var gradient = tape.gradient(y, at, output_gradients: constant(u, at.dtype), unconnected_gradients: UnconnectedGradients.ZERO);
            Autodiff.Slope.See([gradient], [x]);
            return (y, gradient);
        }

        /// <summary>The Hessian-vector product H·v of a scalar function at x, at the cost of two gradients.</summary>
        /// <param name="f">A function to a scalar.</param>
        /// <param name="x">Where.</param>
        /// <param name="v">The direction, of x's shape.</param>
        /// <returns>H·v of x's shape.</returns>
        public static Tensor hvp(Func<Tensor, Tensor> f, Operand x, Operand v)
        {
            var at = identity(x);
            using var outer = GradientTape();
            outer.watch(at);
            Tensor gradient;
            using (var inner = GradientTape())
            {
                inner.watch(at);
                gradient = inner.gradient(f(at), at, unconnected_gradients: UnconnectedGradients.ZERO);
            }
            return outer.gradient(gradient, at, output_gradients: constant(v, at.dtype), unconnected_gradients: UnconnectedGradients.ZERO);
        }
    }
}
