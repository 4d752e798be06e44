using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Keras.keras;
using static Workbook.Tests.Helpers.Judges.ReferenceData;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// References: techniques.md, A1.4 and A1.6, by scipy: one strength .00415103 beside the mean (standardised diabetes), LOO 2999.771133; on
/// 64 features 3087.2 with one strength, 2929.3 with two, 2771.1 with 64.
/// </summary>
public sealed class LeaveOneOutStrengthTests : IDisposable
{
    public LeaveOneOutStrengthTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Fact]
    public void One_line_finds_the_strength_of_the_diabetes_data()
    {
        var fit = LeaveOneOut.Minimize(Raw, Target);
        // Raw columns: another strength. The same call on columns of unit length has scipy's and RidgeCV's.
        Assert.True(fit.Lambda > 0);
        fit = LeaveOneOut.Minimize(UnitX, Target);
        Assert.Equal(0.00415103, fit.Lambda, 1e-8);
        Assert.Equal(2999.771133, fit.Error, 1e-6);
        Assert.Equal(152.1334841629, fit.Intercept, 1e-8);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void In_a_fit_the_strength_goes_to_the_lowest_error_on_the_rows_left_out()
    {
        var judge = new LeaveOneOutStrength(X, Y);
        Assert.Equal(0.1, (double)judge.Strength.Value, 1e-12);
        var model = keras.Sequential([keras.Input(10), layers.Dense(1, kernel_regularizer: regularizers.l2(judge.Strength))]);
        model.compile(optimizers.SGD(0.1, momentum: 0.8), "mse");
        model.fit(X, Y, batch_size: 442, epochs: 400, verbose: 0, callbacks: [judge.ToCallback(optimizers.Adam(0.05))]);
        Assert.Equal(0.00415103, (double)judge.Strength.Value, 1e-3 * 0.00415103);
        Assert.DoesNotContain(judge.Strength.Raw, model.trainable_variables);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void More_strengths_have_a_lower_error_on_the_rows_that_judge_them()
    {
        var features = SecondOrder();
        Assert.Equal(3087.2, LeaveOneOut.Minimize(features, Target).Error, 0.05);
        var two = LeaveOneOut.Minimize(features, Target, [.. Enumerable.Range(0, 64).Select(j => j < 10 ? 0 : 1)]);
        Assert.Equal(2929.3, two.Error, 0.05);
        Assert.Equal(2, two.Lambdas.Count);
        // 64 strengths have many minima: scipy's L-BFGS-B ends between 2733 and 2808, as the start and the walls are chosen.
        int[] each = [.. Enumerable.Range(0, 64)];
        var local = LeaveOneOut.Minimize(features, Target, each);
        Assert.InRange(local.Error, 2733, 2808);
        var judge = new LeaveOneOutStrength(features, Target, groups: each);
        judge.Strength.Assign(tf.constant(local.Strengths.ToArray()));
        var said = judge.Evaluate();
        Assert.Equal(local.Error, said.Loss, 1e-9 * local.Error);
        Assert.All(said.Gradients[0].ToArray<double>(), g => Assert.InRange(Math.Abs(g), 0, 1e-5 * local.Error));
        // From another start it may be another minimum: rounding decides, so another engine may end elsewhere.
        Assert.InRange(LeaveOneOut.Minimize(features, Target, each, start: 5000).Error, 2733, 2808);
    }

    [Fact]
    public void The_only_strength_is_asked_for_where_there_is_one()
    {
        var fit = new LeaveOneOutFit([1, 2], 0, tf.zeros(2), 0, 4);
        Assert.Equal([0.25, 0.5], fit.Strengths);
        Assert.Contains("Received: 2. Read Lambdas", Assert.Throws<InvalidOperationException>(() => fit.Lambda).Message);
    }

    [Fact]
    public void The_last_layer_of_a_network_is_judged_by_its_features()
    {
        tf.random.set_seed(1);
        var body = keras.Sequential([keras.Input(10), layers.Dense(6, activation: "tanh")]);
        var judge = new LeaveOneOutStrength(() => body.Apply(X), Y, initial: 0.02);
        Assert.Equal((double)LeaveOneOut.Error(body.Apply(X), Y, 0.02 * 442), judge.Evaluate().Loss, 1e-12);
    }

    [Fact]
    public void The_first_strength_follows_the_units_of_the_features() =>
        Assert.Equal(1e8, (double)new LeaveOneOutStrength(1e4 * X, Y).Strength.Value
            / (double)new LeaveOneOutStrength(X, Y).Strength.Value, 1);
}
