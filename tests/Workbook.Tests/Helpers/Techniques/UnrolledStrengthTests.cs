using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: techniques.md, A1.5: from 0, at the rate 0.4 of half the squares, T steps give 5.2, 4.8, 2.7, 1.017 and 1.0000
/// times the exact hypergradient for T = 10, 100, 300, 1000, 3000.</summary>
public sealed class UnrolledStrengthTests : IDisposable
{
    static readonly (Tensor X, Tensor Y, Tensor ValidationX, Tensor ValidationY) data = ReferenceData.Split();

    readonly Positive strength = new(0.01, "strength", tf.float64);
    readonly Dense dense;
    readonly Model model;

    public UnrolledStrengthTests()
    {
        config.set_floatx(tf.float64);
        dense = layers.Dense(1, use_bias: false, kernel_initializer: "zeros", kernel_regularizer: regularizers.l2(strength));
        model = keras.Sequential([keras.Input(10), dense]);
        model.compile(optimizers.SGD(0.1), "mse");
    }

    public void Dispose() => config.set_floatx(tf.float32);

    [Theory]
    [InlineData(10, 5.2)]
    [InlineData(100, 4.8)]
    [InlineData(300, 2.7)]
    public void The_gradient_approaches_the_exact_one_as_more_steps_are_unrolled(int steps, double ratio)
    {
        // "mse" has twice the curvature of half the squares.
        var unrolled = (double)Judge(steps, restart: true).Evaluate().Gradients[0];
        Assert.Equal(ratio, unrolled / Exact(), 0.05);
    }

    [Fact]
    public void One_step_from_the_optimum_of_training_lowers_a_strength_that_the_exact_gradient_would_raise()
    {
        strength.Assign(0.004);
        var exact = Exact();
        Assert.True(exact < 0, $"{exact}");
        Assert.True((double)Judge(steps: 1).Evaluate().Gradients[0] > 0);
    }

    [Fact]
    public void In_a_fit_it_moves_the_strength_and_leaves_the_weights_to_the_fit()
    {
        model.fit(data.X, data.Y, batch_size: 294, epochs: 5, verbose: 0,
            callbacks: [Judge(steps: 1).ToCallback(optimizers.SGD(0.0), every: 2)]);
        var judged = dense.kernel!.value().ToArray<double>();
        dense.kernel!.assign(tf.zeros((10, 1), tf.float64));
        model.fit(data.X, data.Y, batch_size: 294, epochs: 5, verbose: 0,
            callbacks: [callbacks.LambdaCallback(on_train_begin: _ => strength.Raw.trainable = false)]);
        Assert.Equal(dense.kernel!.value().ToArray<double>(), judged, (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void No_rows_and_targets_that_are_all_the_same_are_refused()
    {
        void Refused(string what, Tensor x, Tensor y, Tensor xv, Tensor yv)
        {
            foreach (var make in new Func<HyperObjective>[]
                { () => new UnrolledStrength(model, x, y, xv, yv, 0.1), () => new ValidationStrength(model, x, y, xv, yv) })
                Assert.Contains(what, Assert.Throws<JudgeException>(make).Message);
        }
        Refused("as many rows of xv as of yv", data.X, data.Y, data.ValidationX[..0], data.ValidationY[..0]);
        Refused("as many rows of x as of y", data.X[..0], data.Y[..0], data.ValidationX, data.ValidationY);
        Refused("Received: 294 that are the same", data.X, tf.zeros_like(data.Y) + 3.0, data.ValidationX, data.ValidationY);
    }

    [Fact]
    public void A_Hessian_without_a_bottom_is_refused_by_every_solver_that_needs_one()
    {
        // Two equal columns, and a penalty that is lost in rounding.
        Tensor twice = tf.concat([data.X[.., ..1], data.X[.., ..1]], 1), other = data.ValidationX[.., ..2];
        strength.Assign(1e-18);
        var double1 = keras.Sequential([keras.Input(2), layers.Dense(1, use_bias: false, kernel_regularizer: regularizers.l2(strength))]);
        double1.compile("sgd", "mse");
        Assert.Contains("ExactSolver: expected a Hessian of the training loss that can be inverted. Received: a singular one",
            Assert.Throws<JudgeException>(
                new ValidationStrength(double1, twice, data.Y, other, data.ValidationY, new ExactSolver()).Evaluate).Message);
        Assert.Contains("ConjugateGradient", Assert.Throws<JudgeException>(
            new ValidationStrength(double1, twice, data.Y, other, data.ValidationY, new ConjugateGradient(1e-12)).Evaluate).Message);
    }

    [Fact]
    public void An_inner_problem_that_is_not_solved_is_said_with_the_norm_of_its_gradient()
    {
        var norm = new ValidationStrength(model, data.X, data.Y, data.ValidationX, data.ValidationY).Evaluate().InnerGradientNorm!.Value;
        Assert.True(norm > 0.1, $"{norm}");
        Assert.Contains($"Received: {Numbers.Show(norm)}", Assert.Throws<JudgeException>(
            new ValidationStrength(model, data.X, data.Y, data.ValidationX, data.ValidationY, tolerance: 1e-6).Evaluate).Message);
    }

    double Exact()
    {
        var S = tf.matmul(data.X, data.X, transpose_a: true) / 294.0 + strength.Value * tf.eye(10, dtype: tf.float64);
        dense.kernel!.assign(tf.linalg.solve(S, tf.matmul(data.X, tf.expand_dims(data.Y, 1), transpose_a: true) / 294.0));
        return (double)new ValidationStrength(model, data.X, data.Y, data.ValidationX, data.ValidationY, new ExactSolver(), 1e-8)
            .Evaluate().Gradients[0];
    }

    UnrolledStrength Judge(int steps, bool restart = false) =>
        new(model, data.X, tf.expand_dims(data.Y, 1), data.ValidationX, tf.expand_dims(data.ValidationY, 1), rate: 0.2, steps, restart);
}
