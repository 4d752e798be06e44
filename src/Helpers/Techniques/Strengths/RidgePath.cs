using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Ridge regression for every ratio ρ = λ/α at once: in the directions of the features a look costs as many operations as there are
/// directions.
/// </summary>
/// <remarks>With s_i = σ_i² and p_i = l_iᵀy: γ = Σ s/(s + ρ), ‖m‖² = Σ s·p²/(s + ρ)², ‖y − Xm‖² = rest + Σ (ρ·p/(s + ρ))².</remarks>
sealed class RidgePath
{
    readonly double[] values, projections;
    readonly Tensor right;

    public RidgePath(CentredData data)
    {
        (Rows, Columns) = (data.Rows, data.Columns);
        var x = new SingularValues(data.ByColumn, data.Sizes);
        (values, right) = (x.Values, Stacked(x.Right));
        var left = Stacked(x.Left);
        var p = tf.linalg.matvec(left, data.Y, transpose_a: true);
        projections = p.ToArray<double>();
        var rest = (double)tf.reduce_sum(tf.square(data.Y - tf.linalg.matvec(left, p)));
        // Below that it is the rounding of y.
        Rest = rest <= 1e-24 * data.Rows * data.Variance ? 0 : rest;
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Directions => values.Length;

    /// <summary>The squares that no weights explain.</summary>
    public double Rest { get; }

    /// <summary>Σp²: the squares that some weights explain.</summary>
    public double Explained => projections.Sum(p => p * p);

    /// <summary>‖Xᵀy‖².</summary>
    public double Moment => Sum((s, p) => s * p * p);

    /// <summary>tr XᵀX.</summary>
    public double Trace => Sum((s, _) => s);

    public double Gamma(double ratio) => Sum((s, _) => s / (s + ratio));

    public double SquaredLength(double ratio) => Sum((s, p) => s * p * p / ((s + ratio) * (s + ratio)));

    public double Residual(double ratio) => Rest + Sum((s, p) => ratio * p / (s + ratio) * (ratio * p / (s + ratio)));

    public double LogEvidence(double alpha, double ratio) => 0.5
        * (Sum((s, _) => -Math.Log(1 + s / ratio)) + Rows * Math.Log(alpha / (2 * Math.PI))
            - alpha * (Residual(ratio) + ratio * SquaredLength(ratio)));

    /// <summary>m, shape (d,).</summary>
    public Tensor Weights(double ratio) => tf.linalg.matvec(right,
        tf.constant(values.Zip(projections, (v, p) => v * p / (v * v + ratio)).ToArray()));

    /// <summary>Where a function of the ratio changes from one sign to the other, in ascending order.</summary>
    /// <param name="function">Of ρ.</param>
    /// <param name="falls">Whether from above 0 to below.</param>
    public IEnumerable<double> Crossings(Func<double, double> function, bool falls)
    {
        // Beyond e²⁰ times the largest square, or below e⁻²⁰ times the smallest, no direction changes its mind.
        const double Step = 0.05;
        double low = 2 * Math.Log(values.Min()) - 20, high = 2 * Math.Log(values.Max()) + 20;
        var before = function(Math.Exp(low));
        for (var at = low; at < high; at += Step)
        {
            var after = function(Math.Exp(at + Step));
            if (falls ? before > 0 && after <= 0 : before < 0 && after >= 0) yield return Bisect(at, at + Step);
            before = after;
        }

        double Bisect(double from, double to)
        {
            for (var round = 0; round < 60; round++)
            {
                var middle = (from + to) / 2;
                if (function(Math.Exp(middle)) > 0 == falls) from = middle;
                else to = middle;
            }
            return Math.Exp((from + to) / 2);
        }
    }

    static Tensor Stacked(double[][] columns) => tf.stack([.. columns.Select(c => tf.constant(c))], 1);

    double Sum(Func<double, double, double> term)
    {
        var sum = 0.0;
        for (var i = 0; i < values.Length; i++) sum += term(values[i] * values[i], projections[i]);
        return sum;
    }
}
