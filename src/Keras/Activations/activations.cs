namespace Workbook.Keras;

public static partial class keras
{
    /// <summary>
    /// Functions between layers; slopes may be variables, and so may a temperature: <c>activation: t =&gt; keras.activations.softmax(t /
    /// temperature)</c>. Keras: keras.activations.
    /// </summary>
    public static class activations
    {
        /// <summary>An activation made of a function of one tensor: <c>Lambda(x =&gt; tf.nn.relu(x) * slope)</c>.</summary>
        public static ActivationFunction Lambda(Func<Tensor, Tensor> function) => function;

        /// <summary>x.</summary>
        public static Tensor linear(Operand x) => x.value();

        /// <summary>max(x, 0).</summary>
        public static Tensor relu(Operand x) => tf.nn.relu(x);

        /// <summary>min(max(x, 0), 6).</summary>
        public static Tensor relu6(Operand x) => tf.nn.relu6(x);

        /// <summary>x where x &gt; 0, else negative_slope·x.</summary>
        /// <param name="x">Any shape.</param>
        /// <param name="negative_slope">Default 0.2; may be a variable.</param>
        public static Tensor leaky_relu(Operand x, Operand? negative_slope = null) => tf.nn.leaky_relu(x, negative_slope ?? 0.2);

        /// <summary>x where x &gt; 0, else alpha·(eˣ − 1).</summary>
        /// <param name="x">Any shape.</param>
        /// <param name="alpha">Default 1; may be a variable.</param>
        public static Tensor elu(Operand x, Operand? alpha = null) => tf.nn.elu(x, alpha);

        /// <summary>elu scaled so that mean 0 and variance 1 are kept. Klambauer et al. 2017.</summary>
        public static Tensor selu(Operand x) => tf.nn.selu(x);

        /// <summary>max(x, 0) + min(0, alpha·(e^(x/alpha) − 1)): smooth everywhere. Barron 2017.</summary>
        /// <param name="x">Any shape.</param>
        /// <param name="alpha">Default 1; may be a variable.</param>
        public static Tensor celu(Operand x, Operand? alpha = null)
        {
            var v = x.value();
            // Selected, not added up: at 0 both branches have a slope, or none.
            return alpha is null ? tf.nn.elu(v) : tf.where(v >= 0, v, alpha * tf.expm1(tf.where(v >= 0, 0.0, v) / alpha));
        }

        /// <summary>x·Φ(x) with the normal distribution function Φ.</summary>
        /// <param name="x">Any shape.</param>
        /// <param name="approximate">Whether to use the form with tanh; default false.</param>
        public static Tensor gelu(Operand x, bool approximate = false) => tf.nn.gelu(x, approximate);

        /// <summary>x·sigmoid(x).</summary>
        [Names("silu", "swish")]
        public static Tensor silu(Operand x) => tf.nn.silu(x);

        /// <summary>x·tanh(log(1 + eˣ)). Misra 2019.</summary>
        public static Tensor mish(Operand x)
        {
            var v = x.value();
            return v * tf.tanh(tf.softplus(v));
        }

        /// <summary>log(1 + eˣ).</summary>
        public static Tensor softplus(Operand x) => tf.softplus(x);

        /// <summary>x / (1 + |x|).</summary>
        public static Tensor softsign(Operand x) => tf.softsign(x);

        /// <summary>The hyperbolic tangent.</summary>
        public static Tensor tanh(Operand x) => tf.tanh(x);

        /// <summary>x − tanh(x).</summary>
        public static Tensor tanh_shrink(Operand x)
        {
            var v = x.value();
            return v - tf.tanh(v);
        }

        /// <summary>1 / (1 + e⁻ˣ). A cross-entropy of the result works on x itself, which is exact.</summary>
        public static Tensor sigmoid(Operand x)
        {
            var logits = x.value();
            return Logits.Remember(tf.sigmoid(logits), logits);
        }

        /// <summary>log sigmoid(x).</summary>
        public static Tensor log_sigmoid(Operand x) => tf.log_sigmoid(x);

        /// <summary>x/6 + ½ limited to [0, 1].</summary>
        public static Tensor hard_sigmoid(Operand x) => tf.nn.relu6(x.value() + 3) / 6;

        /// <summary>x·hard_sigmoid(x).</summary>
        [Names("hard_silu", "hard_swish")]
        public static Tensor hard_silu(Operand x)
        {
            var v = x.value();
            return v * hard_sigmoid(v);
        }

        /// <summary>eˣ.</summary>
        public static Tensor exponential(Operand x) => tf.exp(x);

        /// <summary>x − threshold above it, x + threshold below its negative, and 0 between.</summary>
        /// <param name="x">Any shape.</param>
        /// <param name="threshold">Default 0.5; may be a variable.</param>
        public static Tensor soft_shrink(Operand x, Operand? threshold = null)
        {
            var (v, t) = (x.value(), (threshold ?? 0.5).value());
            return tf.where(v > t, v - t, tf.where(v < -t, v + t, tf.zeros_like(v)));
        }

        /// <summary>x where it is farther from 0 than the threshold, else 0.</summary>
        /// <param name="x">Any shape.</param>
        /// <param name="threshold">Default 0.5.</param>
        public static Tensor hard_shrink(Operand x, Operand? threshold = null)
        {
            var v = x.value();
            return tf.where(tf.abs(v) > (threshold ?? 0.5), v, tf.zeros_like(v));
        }

        /// <summary>x limited to [−1, 1].</summary>
        public static Tensor hard_tanh(Operand x) => tf.clip_by_value(x, -1.0, 1.0);

        /// <summary>(x + √(x² + b)) / 2: smooth, without an exponential. Barron 2021.</summary>
        /// <param name="x">Any shape.</param>
        /// <param name="b">How smooth; default 4; may be a variable.</param>
        public static Tensor squareplus(Operand x, Operand? b = null)
        {
            var v = x.value();
            return (v + tf.sqrt(tf.square(v) + (b ?? 4.0))) / 2.0;
        }

        /// <summary>0 up to −1, x from 1 on, and (x + 1)² / 4 between.</summary>
        public static Tensor sparse_plus(Operand x)
        {
            var v = x.value();
            return tf.where(v <= -1.0, tf.zeros_like(v), tf.where(v < 1.0, tf.square(v + 1.0) / 4.0, v));
        }

        /// <summary>0 up to −1, 1 from 1 on, and (x + 1) / 2 between.</summary>
        public static Tensor sparse_sigmoid(Operand x)
        {
            var v = x.value();
            return tf.where(v <= -1.0, tf.zeros_like(v), tf.where(v >= 1.0, tf.ones_like(v), 0.5 * (v + 1.0)));
        }

        /// <summary>eˣ / Σ eˣ along an axis. A cross-entropy of the result works on x itself, which is exact.</summary>
        /// <param name="x">At least one axis.</param>
        /// <param name="axis">Default: the last.</param>
        public static Tensor softmax(Operand x, int axis = -1)
        {
            var logits = x.value();
            var y = tf.nn.softmax(logits, axis);
            return axis == -1 || axis == logits.ndim - 1 ? Logits.Remember(y, logits) : y;
        }

        /// <summary>x − log Σ eˣ along an axis.</summary>
        /// <param name="x">At least one axis.</param>
        /// <param name="axis">Default: the last.</param>
        public static Tensor log_softmax(Operand x, int axis = -1) => tf.nn.log_softmax(x, axis);
    }
}
