namespace Workbook.Keras;

/// <summary>Where a prediction becomes positive: one number, or several.</summary>
static class Thresholds
{
    /// <summary>The numbers now; a variable behind them is named in a warning, since nobody minimises a metric.</summary>
    /// <exception cref="ArgumentException">A number outside of 0 to 1.</exception>
    public static double[] Of(string who, Operand? thresholds, double otherwise)
    {
        if (thresholds is null) return [otherwise];
        double[] values = ((Hyperparameter)thresholds).FixedAll($"{who} thresholds").ToArray<double>();
        return Array.FindIndex(values, t => !(t >= 0 && t <= 1)) is >= 0 and var i
            ? throw new ArgumentException($"{who}: expected thresholds from 0 to 1. Received: {values[i]}.") : values;
    }

    /// <summary>A scalar for one threshold, otherwise a vector.</summary>
    public static Tensor Result(double[] values) => values.Length == 1 ? tf.constant(values[0], DType.Float64) : tf.constant(values);

    /// <summary>a / b, and 0 where b is 0.</summary>
    public static double Share(double a, double b) => b == 0 ? 0 : a / b;
}
