using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Judges;

/// <summary>A hypergradient that is not finite is refused, and NaN is not called singular.</summary>
public class NotFiniteTests
{
    readonly Variable w = ReferenceData.Var(2.0, "w"), p = ReferenceData.Var(0.5, "exponent");
    readonly Tensor x = new[] { 0.0, 1, 3 }, y = new[] { 0.0, 1.5, 4 };

    /// <summary>A root of 0: the slope is infinite there, times x = 0.</summary>
    Tensor Loss() => tf.reduce_mean(tf.square(tf.pow(w * x, p) - y));

    void Refused(Action action, params string[] words)
    {
        var message = Assert.Throws<JudgeException>(action).Message;
        Assert.All(words, word => Assert.Contains(word, message, StringComparison.Ordinal));
        Assert.DoesNotContain("singular", message, StringComparison.Ordinal);
        Assert.DoesNotContain("l2 penalty", message, StringComparison.Ordinal);
        Assert.Contains("signed_pow", message, StringComparison.Ordinal);
        Assert.Contains("PowerLayer", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_judge_refuses_and_says_why()
    {
        Refused(() => new TrainingObjective(Loss, [w]).Evaluate(), "the gradients of 'w'");
        Refused(() => new UnrolledObjective(new(Loss, [w]), Loss, [p], 0.1, steps: 2).Evaluate(), "by 'w'", "UnrolledObjective");
        Refused(() => new ImplicitObjective(new(Loss, [w]), Loss, [p]).Evaluate(), "finite gradient");
        Refused(() => new TrainingProblem(Loss, [w]).Minimize(keras.optimizers.SGD(0.1)), "finite gradient");
        Assert.Throws<JudgeException>(() => new TrainingObjective(Loss, [w]).Step(keras.optimizers.SGD(0.1)));
        Assert.Equal(2, (double)w.value());
    }

    [Fact]
    public void A_second_derivative_that_is_not_finite_is_no_singular_Hessian()
    {
        // (w − 2)^1.5 at 2: slope 0, and a curvature without end.
        Tensor Bent() => tf.pow(w - 2.0, 1.5) + 0.0 * p;
        foreach (var solver in new LinearSolver[] { new ExactSolver(), new ConjugateGradient(), new NeumannSeries(5, 0.1) })
            Refused(() => new ImplicitObjective(new(Bent, [w]), () => tf.square(w - 1.0) * p, [p], solver).Evaluate(),
                "second derivatives");
    }

    [Fact]
    public void Solvers_alone_tell_NaN_from_singular()
    {
        Tensor b = new[] { 1.0, 2 }, nan = new[,] { { 1.0, double.NaN }, { double.NaN, 1 } };
        Tensor Product(Tensor v) => tf.linalg.matvec(nan, v);
        foreach (var solver in new LinearSolver[] { new ExactSolver(), new ConjugateGradient(), new NeumannSeries(5, 0.1) })
            Refused(() => solver.Solve(Product, b), "Hessian");
        Assert.Contains("singular", Assert.Throws<JudgeException>(() => new ExactSolver().Solve(v => 0.0 * v, b)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_exponent_that_starts_at_one_has_a_finite_hypergradient_beside_a_zero()
    {
        var exponent = ReferenceData.Var(1.0, "exponent");
        Tensor Fit() => tf.reduce_mean(tf.square(tf.pow(w * x, exponent) - y));
        Tensor Other() => tf.reduce_mean(tf.square(tf.pow(w * new[] { 0.0, 2, 5 }, exponent) - new[] { 0.0, 3, 6 }));
        // The same two steps by hand.
        double Value(double at)
        {
            exponent.assign(tf.constant(at, tf.float64));
            w.assign(tf.constant(2.0, tf.float64));
            for (var step = 0; step < 2; step++)
            {
                using var tape = tf.GradientTape();
                w.assign_sub(0.05 * tape.gradient(Fit(), w));
            }
            return (double)Other();
        }

        // From above: below 1 the power has no slope at 0.
        const double h = 1e-4;
        var byDifferences = (4 * Value(1 + h) - 3 * Value(1) - Value(1 + 2 * h)) / (2 * h);
        exponent.assign(tf.constant(1.0, tf.float64));
        w.assign(tf.constant(2.0, tf.float64));
        Assert.Equal(byDifferences, (double)new UnrolledObjective(new(Fit, [w]), Other, [exponent], 0.05, steps: 2).Evaluate().Gradients[0],
            1e-5);
    }
}
