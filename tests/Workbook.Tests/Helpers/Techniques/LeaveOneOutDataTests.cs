using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// The same call on data of every kind: scales, offsets, constant columns, more columns than rows. References: refits by numpy and
/// scikit-learn's RidgeCV, made by make_leave_one_out.py.
/// </summary>
public class LeaveOneOutDataTests
{
    static readonly Dictionary<string, JsonElement> sets = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/leave-one-out.json"))).RootElement.GetProperty("sets")
        .EnumerateArray().ToDictionary(s => s.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. sets.Keys];

    public static TheoryData<string> WithOptimum => [.. sets.Keys.Where(k => Best(k) is > 0)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_error_is_that_of_refits_and_of_RidgeCV(string name)
    {
        var (X, y) = Data(name);
        foreach (var (strength, error) in Numbers(name, "strengths").Zip(Numbers(name, "errors")))
            // The refits and RidgeCV agree to 1e-10 in the worst set.
            Assert.Equal(1, (double)LeaveOneOut.Error(X, y, strength) / error, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_strength_of_the_lowest_error_is_found_or_refused(string name)
    {
        var (X, y) = Data(name);
        var error = sets[name].GetProperty("best_error").GetDouble();
        if (Best(name) is not { } best)
        {
            var message = Assert.Throws<JudgeException>(() => LeaveOneOut.Minimize(X, y)).Message;
            Assert.Contains("an error that falls for as long as the strength grows", message);
            return;
        }
        var fit = LeaveOneOut.Minimize(X, y);
        var variance = (double)tf.math.reduce_variance(y);
        Assert.Equal(error / variance, fit.Error / variance, 1e-9);
        // The bounded search is exact to 1e-8 of a logarithm and to the root of rounding: the error is flat at its minimum.
        if (best > 0) Assert.Equal(best, fit.Lambda, 1e-6 * best);
        else Assert.Equal(0, fit.Lambda);
        Assert.Equal(fit.Lambda / X.shape[0], fit.Strengths.Single());
    }

    [Theory]
    [MemberData(nameof(WithOptimum))]
    public void RidgeCV_chooses_the_same_strength_from_a_fine_grid(string name)
    {
        var (X, y) = Data(name);
        // 4001 strengths over 1/6 to 2/3 of a factor of ten: steps of less than 0.0005 in log λ.
        Assert.Equal(1, sets[name].GetProperty("ridge_cv_best").GetDouble() / LeaveOneOut.Minimize(X, y).Lambda, 1e-3);
    }

    [Theory]
    [MemberData(nameof(WithOptimum))]
    public void The_weights_solve_the_normal_equations_and_the_intercept_has_the_mean(string name)
    {
        var (X, y) = Data(name);
        var fit = LeaveOneOut.Minimize(X, y);
        var residual = y - tf.linalg.matvec(X, fit.Weights) - fit.Intercept;
        var size = (double)tf.reduce_max(tf.abs(y));
        Assert.Equal(0, (double)tf.reduce_mean(residual) / size, 1e-10);
        Tensor centred = Scaling.Center(X), pull = tf.linalg.matvec(centred, residual, transpose_a: true);
        var scale = tf.sqrt(tf.reduce_sum(tf.square(centred), 0)) * tf.sqrt(tf.reduce_sum(tf.square(residual)));
        var off = tf.abs(pull - fit.Lambda * fit.Weights);
        Assert.True((bool)tf.reduce_all(off <= 1e-9 * scale), $"{off / scale}");
    }

    [Fact]
    public void Where_no_strength_is_best_the_weights_are_those_of_least_squares()
    {
        foreach (var name in sets.Keys.Where(k => Best(k) == 0 && sets[k].GetProperty("X")[0].GetArrayLength() < 10))
        {
            var (X, y) = Data(name);
            double[] expected = Numbers(name, "least_squares"), w = LeaveOneOut.Minimize(X, y).Weights.ToArray<double>();
            for (var j = 0; j < w.Length; j++) Assert.Equal(expected[j], w[j], 1e-8 * Math.Max(Math.Abs(expected[j]), 1e-6));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_gradient_of_many_strengths_is_that_of_the_tape_and_the_difference_quotient(string name)
    {
        var (X, y) = Data(name);
        var d = X.shape[1];
        var middle = Numbers(name, "strengths")[1];
        var logs = tf.Variable(Enumerable.Range(0, d).Select(j => Math.Log(middle) + Math.Sin(j)).ToArray());
        using var tape = tf.GradientTape();
        var error = LeaveOneOut.Error(X, y, tf.exp(logs));
        var byTape = tape.gradient(error, logs)!.ToArray<double>();
        var judge = new LeaveOneOutStrength(X, y, groups: [.. Enumerable.Range(0, d)]);
        judge.Strength.Raw.assign(logs - Math.Log(X.shape[0]));
        var said = judge.Evaluate();
        Assert.Equal((double)error, said.Loss, 1e-12 * said.Loss);
        var closed = said.Gradients[0].ToArray<double>();
        for (var j = 0; j < d; j++)
        {
            Assert.Equal(byTape[j], closed[j], 1e-8 * said.Loss);
            double At(double delta)
            {
                logs.assign_add(tf.one_hot(j, d, dtype: tf.float64) * delta);
                var value = (double)LeaveOneOut.Error(X, y, tf.exp(logs));
                logs.assign_sub(tf.one_hot(j, d, dtype: tf.float64) * delta);
                return value;
            }
            // Central differences of h = 1e-4: h² and rounding / h, relative to the error itself.
            Assert.Equal((At(1e-4) - At(-1e-4)) / 2e-4, closed[j], 1e-7 * said.Loss);
        }
    }

    /// <summary>One formula squares nothing and takes one strength, the other takes many: they must not drift apart.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void The_scan_over_one_strength_says_what_the_error_of_all_says(string name)
    {
        var (X, y) = Data(name);
        var scan = new LeaveOneOutScan(LeaveOneOut.Data(X, y, intercept: true));
        foreach (var strength in Numbers(name, "strengths"))
            Assert.Equal(1, scan.Error(strength) / (double)LeaveOneOut.Error(X, y, strength), 1e-9);
        var middle = Numbers(name, "strengths")[1];
        // Central differences of h = 1e-4 in log λ, relative to the error.
        Assert.Equal((scan.Error(middle * Math.Exp(1e-4)) - scan.Error(middle * Math.Exp(-1e-4))) / 2e-4 / scan.Error(middle),
            scan.Slope(middle) / scan.Error(middle), 1e-7);
    }

    [Fact]
    public void A_target_of_one_value_is_refused_with_its_value()
    {
        var X = Data("plain").X;
        foreach (var value in new[] { 0, 0.1, -3e9 })
            foreach (var ask in new Action<Tensor>[] { y => LeaveOneOut.Minimize(X, y), y => new LeaveOneOutStrength(X, y) })
            {
                var message = Assert.Throws<JudgeException>(() => ask(tf.fill(30, tf.constant(value, tf.float64)))).Message;
                Assert.Contains($"Received: 30 times {Workbook.Helpers.Numbers.Show(value)}. There is nothing to explain", message);
            }
    }

    [Fact]
    public void Features_that_do_not_vary_rows_that_are_missing_and_numbers_that_are_none_are_refused()
    {
        var (X, y) = Data("plain");
        void Refused(string what, Func<LeaveOneOutFit> ask) => Assert.Contains(what, Assert.Throws<JudgeException>(ask).Message);
        Refused("a feature that varies. Received: 5 that do not", () => LeaveOneOut.Minimize(tf.ones((30, 5)) * 0.1, y));
        Refused("at least three rows", () => LeaveOneOut.Minimize(X[..2], y[..2]));
        Refused("Received: features of shape (0, 5) and a target of shape (0,)", () => LeaveOneOut.Minimize(X[..0], y[..0]));
        Refused("Received: features of shape (30, 5) and a target of shape (29,). Give one target", () => LeaveOneOut.Minimize(X, y[..29]));
        Refused("Received: shape (30,). A single feature becomes a column", () => LeaveOneOut.Minimize(X[.., 0], y));
        Refused("expected finite features", () => LeaveOneOut.Minimize(X / 0.0, y));
        Refused("expected finite targets", () => LeaveOneOut.Minimize(X, y * double.NaN));
        Assert.Contains("Received: 4", Assert.Throws<ArgumentException>(() => LeaveOneOut.Minimize(X, y, [0, 0, 1, 1])).Message);
        Assert.Contains("none of the number 1",
            Assert.Throws<ArgumentException>(() => LeaveOneOut.Minimize(X, y, [0, 0, 2, 2, 2])).Message);
        Assert.Contains("Received: -1", Assert.Throws<ArgumentException>(() => LeaveOneOut.Minimize(X, y, [0, 0, -1, 1, 1])).Message);
    }

    [Fact]
    public void Strengths_that_leave_a_weight_undetermined_are_refused()
    {
        void Refused(string what, string name, double strength)
        {
            var (X, y) = Data(name);
            Assert.Contains(what, Assert.Throws<JudgeException>(() => LeaveOneOut.Error(X, y, strength)).Message);
        }
        Refused("at least 0", "plain", -1e-9);
        Refused("Received: column 4, which the ones before it determine", "columns that others determine", 0);
        Refused("Received: column 3, which the ones before it determine", "constant columns", 0);
        Refused("no more rows than columns", "more columns than rows", 0);
        var (X, y) = Data("a row that alone has a feature");
        var message = Assert.Throws<JudgeException>(() => LeaveOneOut.Error(X[.., ..4], y, 0.0)).Message;
        Assert.Contains("row 7, which decides a weight alone", message);
    }

    [Fact]
    public void Without_an_intercept_the_data_are_taken_as_they_are()
    {
        var (X, y) = Data("plain");
        var fit = LeaveOneOut.Minimize(X, y, intercept: false);
        var errors = LeaveOneOut.SquaredErrors(X, y, (A, b, row) => tf.matmul(row, tf.linalg.lstsq(A, tf.expand_dims(b, 1), fit.Lambda)));
        Assert.Equal(errors.Average(), fit.Error, 1e-10 * fit.Error);
        Assert.Equal(0, fit.Intercept);
    }

    [Fact]
    public void Float32_data_and_a_column_of_targets_do_as_well()
    {
        var (X, y) = Data("plain");
        var expected = LeaveOneOut.Minimize(tf.cast(tf.cast(X, tf.float32), tf.float64), tf.cast(tf.cast(y, tf.float32), tf.float64));
        var fit = LeaveOneOut.Minimize(tf.cast(X, tf.float32), tf.cast(tf.expand_dims(y, 1), tf.float32));
        Assert.Equal(expected.Lambda, fit.Lambda, 1e-12 * fit.Lambda);
    }

    static double? Best(string name) =>
        sets[name].GetProperty("best") is { ValueKind: JsonValueKind.Number } best ? best.GetDouble() : null;

    static double[] Numbers(string name, string what) => [.. sets[name].GetProperty(what).EnumerateArray().Select(v => v.GetDouble())];

    static (Tensor X, Tensor y) Data(string name)
    {
        var rows = sets[name].GetProperty("X").EnumerateArray().Select(r => r.EnumerateArray().Select(v => v.GetDouble()).ToArray());
        return (tf.stack([.. rows.Select(r => tf.constant(r))]), tf.constant(Numbers(name, "y")));
    }
}
