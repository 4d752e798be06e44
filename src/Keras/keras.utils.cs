namespace Workbook.Keras;

public static partial class keras
{
    /// <summary>Small helpers. Keras: keras.utils.</summary>
    public static partial class utils
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
                if (label < 0 || label >= classes)
                    throw new ArgumentException($"to_categorical: expected labels from 0 to {classes - 1}. Received: {label}.");
            var rows = x.ndim > 1 && x.shape[^1] == 1 ? tf.squeeze(x, -1) : x;
            return tf.one_hot(tf.cast(rows, DType.Int32), classes, dtype: config.floatx());
        }
    }
}
