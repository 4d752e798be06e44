using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Judges;

public class LinearSolverTests
{
    static readonly Tensor H = tf.constant(new[,] { { 4.0, 1, 0 }, { 1, 3, 1 }, { 0, 1, 2 } }), B = tf.constant(new[] { 1.0, 2, 3 });

    public static TheoryData<LinearSolver> Solvers => [new ExactSolver(), new ConjugateGradient(1e-14), new NeumannSeries(400, 0.2)];

    [Theory]
    [MemberData(nameof(Solvers))]
    public void Every_solver_solves_a_small_system(LinearSolver solver)
    {
        var x = solver.Solve(v => tf.linalg.matvec(H, v), B);
        // A condition number of 4; the series has shrunk by (1 − .2 · 1.27)^400.
        Assert.Equal(B.ToArray<double>(), tf.linalg.matvec(H, x).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [MemberData(nameof(Solvers))]
    public void A_right_side_of_zeros_gives_zeros(LinearSolver solver) =>
        Assert.Equal([0, 0, 0], solver.Solve(v => tf.linalg.matvec(H, v), tf.zeros(3, tf.float64)).ToArray<double>());

    [Fact]
    public void Conjugate_gradients_that_stagnate_say_their_residual()
    {
        // 1/(i+j+1): condition number 1.6e13, beyond what ten iterations of float64 can do.
        var i = tf.cast(tf.range(10), tf.float64);
        var hilbert = 1.0 / (tf.expand_dims(i, 1) + i + 1.0);
        var message =
            Assert.Throws<JudgeException>(
                () => new ConjugateGradient(1e-15, iterations: 8).Solve(v => tf.linalg.matvec(hilbert, v),
                    tf.ones(10, tf.float64))).Message;
        Assert.Contains("stagnates", message);
        Assert.Contains("within 8 iterations", message);
    }

    [Fact]
    public void A_truncated_one_takes_what_there_is()
    {
        var x = new ConjugateGradient(iterations: 1, truncate: true).Solve(v => tf.linalg.matvec(H, v), B);
        // The steepest step: b · (b·b)/(b·Hb) with b·b = 14 and b·Hb = 4 + 12 + 18 + 4 + 12 = 50.
        Assert.Equal([14.0 / 50, 28.0 / 50, 42.0 / 50], x.ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void A_saddle_a_singular_system_and_a_series_that_diverges_are_refused()
    {
        static Tensor Saddle(Tensor v) => v * tf.constant(new[] { 1.0, -1, 1 });
        Assert.Contains("curvature of -",
            Assert.Throws<JudgeException>(() => new ConjugateGradient().Solve(Saddle, tf.constant(new[] { 0.0, 1, 0 }))).Message);
        Assert.Contains("singular",
            Assert.Throws<JudgeException>(() => new ExactSolver().Solve(v => v * tf.constant(new[] { 1.0, 0, 1 }), B)).Message);
        Assert.Contains("diverges",
            Assert.Throws<JudgeException>(() => new NeumannSeries(50, 1).Solve(v => tf.linalg.matvec(H, v), B)).Message);
    }
}
