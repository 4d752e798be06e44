using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// References: numpy on the diabetes data, every third row to validate: dV/dλ = .0727818617 at λ = .1 and the smallest V at λ =
/// .0087997379595, for half the mean of squares.
/// </summary>
public sealed class ValidationStrengthTests : IDisposable
{
    static readonly (Tensor X, Tensor Y, Tensor ValidationX, Tensor ValidationY) data = ReferenceData.Split();

    readonly Positive strength = new(0.1, "strength", tf.float64);
    readonly Dense dense;
    readonly Model model;

    public ValidationStrengthTests()
    {
        config.set_floatx(tf.float64);
        dense = layers.Dense(1, use_bias: false, kernel_regularizer: regularizers.l2(strength));
        model = keras.Sequential([keras.Input(10), dense]);
        model.compile(optimizers.SGD(0.1, momentum: 0.8), "mse");
    }

    public void Dispose() => config.set_floatx(tf.float32);

    [Fact]
    public void At_the_optimum_of_training_the_gradient_is_the_exact_hypergradient()
    {
        Retrain();
        var judged = Judge(new ExactSolver(), tolerance: 1e-10).Evaluate();
        // The loss of Keras is without the half, and the gradient is by log λ.
        Assert.Equal(2 * 0.1 * 0.0727818617, (double)judged.Gradients[0], 1e-9);
        Assert.InRange(judged.InnerGradientNorm!.Value, 0, 1e-10);
    }

    [Fact]
    public void The_loss_of_the_judge_has_no_penalty()
    {
        Retrain();
        var residual = tf.expand_dims(data.ValidationY, 1) - tf.matmul(data.ValidationX, dense.kernel!);
        Assert.Equal((double)tf.reduce_mean(tf.square(residual)), Judge().Evaluate().Loss, 1e-12);
    }

    [Fact]
    public void In_a_fit_the_strength_goes_to_the_smallest_validation_loss()
    {
        var judge = Judge();
        model.fit(data.X, data.Y, batch_size: 294, epochs: 1000, verbose: 0, callbacks: [judge.ToCallback(optimizers.SGD(50), every: 10)]);
        // The weights trail the strength by what ten steps leave; after a hundred looks that is a few millionths.
        Assert.Equal(1, (double)strength.Value / 0.0087997379595, 1e-4);
    }

    [Fact]
    public void Weights_that_have_not_converged_are_refused_on_request() =>
        Assert.Contains("not converged", Assert.Throws<JudgeException>(() => Judge(tolerance: 1e-4).Evaluate()).Message);

    [Fact]
    public void A_model_with_nothing_brought_in_is_refused()
    {
        var plain = keras.Sequential([keras.Input(10), layers.Dense(1)]);
        plain.compile("sgd", "mse");
        var message =
            Assert.Throws<ArgumentException>(
                () => new ValidationStrength(plain, data.X, data.Y, data.ValidationX, data.ValidationY)).Message;
        Assert.Contains("expected at least one learned variable", message);
    }

    ValidationStrength Judge(LinearSolver? solver = null, double tolerance = double.PositiveInfinity) =>
        new(model, data.X, data.Y, data.ValidationX, data.ValidationY, solver, tolerance);

    void Retrain()
    {
        var S = tf.matmul(data.X, data.X, transpose_a: true) / 294.0 + strength.Value * tf.eye(10, dtype: tf.float64);
        dense.kernel!.assign(tf.linalg.solve(S, tf.matmul(data.X, tf.expand_dims(data.Y, 1), transpose_a: true) / 294.0));
    }
}
