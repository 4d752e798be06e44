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
}
