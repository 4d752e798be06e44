namespace Workbook.Keras;

public static partial class keras
{
    /// <summary>Random tensors, from the global generator or from one of their own. Keras: keras.random.</summary>
    /// <remarks>The numbers are ours, not Keras'.</remarks>
    public static class random
    {
        /// <summary>Normal numbers.</summary>
        /// <param name="shape">The shape.</param>
        /// <param name="mean">Default 0; a gradient reaches a variable.</param>
        /// <param name="stddev">Default 1; a gradient reaches a variable.</param>
        /// <param name="dtype">Default keras.config.floatx().</param>
        /// <param name="seed">Where the numbers come from; a whole number gives the same ones each time. Default: the global
        /// generator.</param>
        public static Tensor normal(Shape shape, Operand? mean = null, Operand? stddev = null, DType? dtype = null,
            SeedGenerator? seed = null) => tf.random.normal(shape, mean, stddev, dtype ?? config.floatx(), seed?.Next());

        /// <summary>Numbers evenly from [minval, maxval).</summary>
        /// <param name="shape">The shape.</param>
        /// <param name="minval">Default 0; a gradient reaches a variable.</param>
        /// <param name="maxval">Default 1; a gradient reaches a variable.</param>
        /// <param name="dtype">Default keras.config.floatx().</param>
        /// <param name="seed">As of <see cref="normal"/>.</param>
        public static Tensor uniform(Shape shape, Operand? minval = null, Operand? maxval = null, DType? dtype = null,
            SeedGenerator? seed = null) => tf.random.uniform(shape, minval, maxval, dtype ?? config.floatx(), seed?.Next());

        /// <summary>A source of random numbers of one's own. Keras: keras.random.SeedGenerator.</summary>
        /// <param name="seed">The same seed gives the same numbers in the same order; default: drawn from the global generator.</param>
        public static SeedGenerator SeedGenerator(long? seed = null) => new(seed);
    }
}
