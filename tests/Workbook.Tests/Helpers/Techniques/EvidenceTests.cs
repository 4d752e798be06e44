using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// References: scikit-learn 1.2, BayesianRidge without priors (tol 1e-12) on load_diabetes; numpy for γ and the evidence.
/// </summary>
public class EvidenceTests
{
    const double Alpha = 3.410195057e-4, Lambda = 1.146229330e-5;

    static readonly Tensor X = Scaling.UnitLength(DataSets.Diabetes().X);
    static readonly Tensor Y = Scaling.Center(DataSets.Diabetes().y);

    [Fact]
    public void The_largest_evidence_is_where_scikit_learn_finds_it()
    {
        var fit = Evidence.Maximize(X, Y);
        // The references have ten digits; both sides iterate to 1e-12.
        Assert.Equal(1, fit.Alpha / Alpha, 1e-8);
        Assert.Equal(1, fit.Lambda / Lambda, 1e-8);
        Assert.Equal(0.033611841, fit.Ratio, 1e-8);
        Assert.Equal(8.579289, fit.Gamma, 1e-5);
        Assert.Equal(-2405.771308, fit.LogEvidence, 1e-5);
    }

    [Fact]
    public void The_weights_are_those_of_ridge_regression_with_the_ratio_as_strength()
    {
        var fit = Evidence.Maximize(X, Y);
        var A = tf.matmul(X, X, transpose_a: true) + fit.Ratio * tf.eye(10, dtype: tf.float64);
        var ridge = tf.linalg.solve(A, tf.matmul(X, tf.expand_dims(Y, 1), transpose_a: true));
        // Weights up to 500; two ways to solve a system of condition 200.
        Assert.Equal(ridge.ToArray<double>(), fit.Weights.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Fact]
    public void At_the_maximum_both_gradients_vanish_and_elsewhere_they_are_differences()
    {
        Variable alpha = tf.Variable(Alpha, dtype: tf.float64), lambda = tf.Variable(Lambda, dtype: tf.float64);
        // In units of the logarithms; the references' ten digits leave 1e-7.
        foreach (var slope in Slopes(alpha, lambda)) Assert.Equal(0, slope, 1e-6);
        alpha.assign(2 * Alpha);
        lambda.assign(0.1 * Lambda);
        var slopes = Slopes(alpha, lambda);
        const double h = 1e-5;
        double At(double a, double l) => Evidence.Log(X, Y, 2 * Alpha * Math.Exp(a), 0.1 * Lambda * Math.Exp(l)).Item<double>();
        // Central differences: an error of h² and of rounding, 2405 · 1e-16 / h, together below 1e-7 relative.
        Assert.Equal(1, (At(h, 0) - At(-h, 0)) / (2 * h) / slopes[0], 1e-6);
        Assert.Equal(1, (At(0, h) - At(0, -h)) / (2 * h) / slopes[1], 1e-6);
    }

    static double[] Slopes(Variable alpha, Variable lambda)
    {
        using var tape = tf.GradientTape();
        var log = Evidence.Log(X, Y, alpha, lambda);
        var gradients = tape.gradient(log, [alpha, lambda]);
        return [(double)(gradients[0] * alpha), (double)(gradients[1] * lambda)];
    }
}
