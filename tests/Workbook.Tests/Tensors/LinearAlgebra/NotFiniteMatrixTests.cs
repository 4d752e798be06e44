using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.LinearAlgebra;

/// <summary>NaN in a matrix is named as what it is, and not as a singular or indefinite matrix.</summary>
public class NotFiniteMatrixTests
{
    static readonly Tensor Bad = new[,] { { 2.0, double.NaN }, { double.NaN, 3 } }, B = new[,] { { 1.0 }, { 2 } };

    static readonly Dictionary<string, Action> ops = new()
    {
        ["solve"] = () => tf.linalg.solve(Bad, B),
        ["solve, adjoint"] = () => tf.linalg.solve(Bad, B, adjoint: true),
        ["inv"] = () => tf.linalg.inv(Bad),
        ["cholesky"] = () => tf.linalg.cholesky(Bad),
        ["logdet"] = () => tf.linalg.logdet(Bad),
        ["eigh"] = () => tf.linalg.eigh(Bad),
        ["eigvalsh"] = () => tf.linalg.eigvalsh(Bad),
        ["norm 2"] = () => tf.norm(Bad, 2, axis: new[] { 0, 1 }),
        ["lstsq with λ"] = () => tf.linalg.lstsq(Bad, B, 0.1),
        ["in float32"] = () => tf.linalg.solve(tf.cast(Bad, tf.float32), tf.cast(B, tf.float32)),
        ["in a batch"] = () => tf.linalg.solve(tf.stack([tf.eye(2, dtype: tf.float64), Bad]), tf.stack([B, B])),
        ["gradient of det"] = () => Gradient(x => tf.linalg.det(x)),
        ["gradient of slogdet"] = () => Gradient(x => tf.linalg.slogdet(x).log_abs_determinant),
    };

    static void Gradient(Func<Tensor, Tensor> f)
    {
        var x = tf.identity(Bad);
        using var tape = tf.GradientTape();
        tape.watch(x);
        tape.gradient(f(x), x);
    }

    public static TheoryData<string> Names => [.. ops.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void NaN_is_named(string op)
    {
        var message = Assert.Throws<NumericException>(ops[op]).Message;
        Assert.Contains("expected finite numbers. Received: NaN at row ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("diagonal", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_carries_NaN_on_gives_NaN()
    {
        Assert.True(double.IsNaN((double)tf.linalg.det(Bad)));
        Assert.True(double.IsNaN((double)tf.linalg.slogdet(Bad).log_abs_determinant));
        Assert.Contains(tf.linalg.qr(Bad).q.ToArray<double>(), double.IsNaN);
        Assert.Contains(tf.linalg.triangular_solve(Bad, B).ToArray<double>(), double.IsNaN);
        Assert.Contains(tf.linalg.solve(tf.eye(2, dtype: tf.float64), tf.constant(new[,] { { double.NaN }, { 1 } })).ToArray<double>(),
            double.IsNaN);
    }
}
