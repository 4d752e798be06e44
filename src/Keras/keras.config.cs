namespace Workbook.Keras;

public static partial class keras
{
    /// <summary>Settings that layers take over when they are made. Keras: keras.config.</summary>
    public static class config
    {
        static readonly Setting<DType> Floatx = new(() => DType.Float32);

        /// <summary>The element type of weights that are made from now on: float32 unless changed.</summary>
        public static DType floatx() => Floatx.Value;

        /// <summary>Sets the element type of weights that are made from now on.</summary>
        /// <param name="dtype">tf.float32 or tf.float64.</param>
        /// <exception cref="ArgumentException">Another type.</exception>
        public static void set_floatx(DType dtype) => Floatx.Value = dtype.IsFloating() ? dtype
            : throw new ArgumentException($"set_floatx: expected float32 or float64. Received: {dtype.Name()}.");

        /// <summary>The small number that keeps logarithms and divisions finite: 1e-7, as in Keras.</summary>
        public static double epsilon() => 1e-7;
    }

    /// <summary>Small helpers. Keras: keras.utils.</summary>
    public static class utils
    {
        /// <summary>Starts the random numbers of initializers, dropout and shuffling anew; the same seed gives the same run.</summary>
        public static void set_random_seed(long seed) => tf.random.set_seed(seed);

        /// <summary>Whole-number labels as rows of zeros with a one at the label. Keras: keras.utils.to_categorical.</summary>
        /// <param name="x">Labels from 0 on, of shape (n) or (n, 1).</param>
        /// <param name="num_classes">The length of a row; default: the largest label + 1.</param>
        /// <exception cref="ArgumentException">A label is negative or not below num_classes.</exception>
        public static Tensor to_categorical(Tensor x, int? num_classes = null)
        {
            var labels = x.ToArray<int>();
            var classes = num_classes ?? labels.DefaultIfEmpty(-1).Max() + 1;
            foreach (var label in labels)
                if (label < 0 || label >= classes) throw new ArgumentException($"to_categorical: expected labels from 0 to {classes - 1}. Received: {label}.");
            var rows = x.ndim > 1 && x.shape[^1] == 1 ? tf.squeeze(x, -1) : x;
            return tf.one_hot(tf.cast(rows, DType.Int32), classes, dtype: config.floatx());
        }
    }

    /// <summary>Names of layers. Keras: keras.backend.</summary>
    public static class backend
    {
        /// <summary>Starts the automatic names (dense, dense_1, …) anew.</summary>
        public static void clear_session() => LayerNames.Reset();
    }
}
