using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Golden;
using Xunit;
using static Workbook.Tests.Helpers.Judges.ReferenceData;

namespace Workbook.Tests.Helpers.Judges;

/// <summary>
/// Ridge regression on a part of the diabetes data, its strength judged by the rest: as in TensorFlow, and as in closed form.
/// </summary>
public class HypergradientReferenceTests
{
    static readonly (Tensor X, Tensor Y, Tensor ValidationX, Tensor ValidationY) data = Split();
    static readonly Tensor S = tf.matmul(data.X, data.X, transpose_a: true) / 294.0,
        C = tf.matmul(data.X, tf.expand_dims(data.Y, 1), transpose_a: true) / 294.0;

    readonly Variable w = Var(Zeros(10), "w"), s = Var(0.0, "log_lambda");
    readonly TrainingProblem training;

    public HypergradientReferenceTests() =>
        training = new(() => HalfMeanSquares(data.X, data.Y, w) + 0.5 * tf.exp(s) * tf.reduce_sum(w * w), [w]);

    [Fact]
    public void Exact_and_conjugate_gradients_unrolled_and_one_step_gradients_are_those_of_TensorFlow()
    {
        foreach (var row in new ReferenceLoop("09/gradients")["values"].EnumerateArray().Take(4))
        {
            s.assign(Math.Log(row.GetProperty("lambda").GetDouble()));
            var exact = Implicit(new ExactSolver()).Evaluate();
            ReferenceLoop.Same(row.GetProperty("validation_loss"), exact.Loss);
            Gradient(row, "implicit", exact);
            Gradient(row, "implicit_formula", exact);
            Gradient(row, "implicit", Implicit(new ConjugateGradient(1e-12)).Evaluate());
            Gradient(row, "one_step_at_optimum", Unrolled(1).Evaluate());
            w.assign(Zeros(10));
            Gradient(row, "unrolled_5", Unrolled(5).Evaluate());
        }
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_unrolled_gradient_approaches_the_exact_one_with_its_length()
    {
        s.assign(Math.Log(0.01));
        foreach (var row in new ReferenceLoop("09/unrolled-lengths")["values"].EnumerateArray())
        {
            w.assign(Zeros(10));
            var judged = Unrolled(row.GetProperty("steps").GetInt32()).Evaluate();
            Gradient(row, "unrolled", judged);
            ReferenceLoop.Same(row.GetProperty("validation_loss"), judged.Loss);
        }
    }

    [Fact]
    public void More_terms_of_the_Neumann_series_first_make_it_worse_as_in_TensorFlow()
    {
        s.assign(Math.Log(0.01));
        var eigenvalues = tf.linalg.eigvalsh(S + 0.01 * tf.eye(10, dtype: tf.float64));
        foreach (var row in new ReferenceLoop("09/neumann")["values"].EnumerateArray())
            Gradient(row, "hypergradient",
                Implicit(new NeumannSeries(row.GetProperty("terms").GetInt32(), 1 / (double)eigenvalues[^1])).Evaluate());
    }

    /// <summary>The relative errors of techniques.md, A1.5: 5 iterations 3.4, 8 1.7, 10 5e-9 (numpy); there are ten unknowns.</summary>
    [Fact]
    public void Conjugate_gradients_are_wrong_until_they_have_seen_every_direction()
    {
        s.assign(Math.Log(0.01));
        var exact = (double)Implicit(new ExactSolver()).Evaluate().Gradients[0];
        double Error(int iterations) =>
            Math.Abs((double)Implicit(new ConjugateGradient(0, iterations, truncate: true)).Evaluate().Gradients[0] / exact - 1);
        // Given with two digits.
        Assert.Equal(3.4, Error(5), 0.05);
        Assert.Equal(1.7, Error(8), 0.05);
        // Rounding, magnified by a condition number of 213: of the size of the reference's 5e-9.
        Assert.InRange(Error(10), 0, 1e-7);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_exact_hypergradient_finds_the_strength_of_the_smallest_validation_loss()
    {
        var loop = new ReferenceLoop("09/learn-implicit");
        loop.Descend(Implicit(new ExactSolver()), new Dictionary<string, Variable> { ["log_lambda"] = s });
        ReferenceLoop.Same(loop["lambda"], Math.Exp((double)s));
        // The reference stopped at a gradient of 1e-12; relative difference 9.9e-10 from bisection of the closed form.
        Assert.Equal(1, loop["closed_form"].GetProperty("lambda").GetDouble() / Math.Exp((double)s), 2e-9);
    }

    [Fact]
    public void One_step_at_a_time_keeps_lowering_the_strength_as_in_TensorFlow()
    {
        var judge = Unrolled(1);
        var sgd = keras.optimizers.SGD(5.0);
        new ReferenceLoop("09/learn-one-step").Follow(() =>
        {
            var loss = judge.Step(sgd).Loss;
            return [("validation_loss", tf.constant(loss, tf.float64)), ("log_lambda", s.value()), ("w_sum", tf.reduce_sum(w))];
        });
        // Below the optimum of the exact hypergradient, log .0088 = −4.733, and still falling.
        Assert.True((double)s < -5.1);
    }

    [Fact]
    public void Five_unrolled_steps_settle_elsewhere_as_in_TensorFlow() =>
        new ReferenceLoop("09/learn-unrolled-5").Descend(Unrolled(5, restart: true),
            new Dictionary<string, Variable> { ["log_lambda"] = s });

    /// <summary>
    /// techniques.md, A1.5: at λ = .1 the exact hypergradient is .0727818617 by λ, and central differences of refits agree.
    /// </summary>
    [Fact]
    public void The_hypergradient_is_the_difference_quotient_of_refitted_validation_losses()
    {
        s.assign(Math.Log(0.1));
        var byLambda = (double)Implicit(new ExactSolver()).Evaluate().Gradients[0] / 0.1;
        Assert.Equal(0.0727818617, byLambda, 1e-10);
        double Refitted(double lambda)
        {
            s.assign(Math.Log(lambda));
            Refit();
            return (double)HalfMeanSquares(data.ValidationX, data.ValidationY, w);
        }
        // Central differences: h² · third derivative and rounding, 1e-16 / h, together below 1e-9.
        Assert.Equal((Refitted(0.1 + 1e-5) - Refitted(0.1 - 1e-5)) / 2e-5, byLambda, 1e-8);
    }

    /// <summary>
    /// techniques.md, A1.5: on all of [1.2e-4, 20] the one-step gradient at the optimum of training is positive, so T1–T2 has no rest
    /// there.
    /// </summary>
    [Theory]
    [InlineData(1.2e-4)]
    [InlineData(1e-3)]
    [InlineData(0.0088)]
    [InlineData(0.1)]
    [InlineData(1)]
    [InlineData(20)]
    public void One_step_at_the_optimum_pulls_the_strength_down_wherever_it_stands(double lambda)
    {
        s.assign(Math.Log(lambda));
        Refit();
        var judged = Unrolled(1).Evaluate();
        Assert.InRange(judged.InnerGradientNorm!.Value, 0, 1e-12);
        Assert.True((double)judged.Gradients[0] > 0);
    }

    ImplicitObjective Implicit(LinearSolver solver) => new(training, Validation, [s], solver, Refit, tolerance: 1e-12);

    UnrolledObjective Unrolled(int steps, bool restart = false) => new(training, Validation, [s], 0.4, steps, restart);

    Tensor Validation() => HalfMeanSquares(data.ValidationX, data.ValidationY, w);

    void Refit() => w.assign(tf.squeeze(tf.linalg.solve(S + Math.Exp((double)s) * tf.eye(10, dtype: tf.float64), C), 1));

    static void Gradient(System.Text.Json.JsonElement row, string name, Hypergradient judged)
    {
        // Hypergradients here are of the size 1e-4, so the tolerance is relative to themselves, with a floor at the rounding of the solve.
        var expected = row.GetProperty(name).Number();
        Assert.Equal(expected, (double)judged.Gradients[0], 1e-9 * Math.Abs(expected) + 1e-14);
    }
}
