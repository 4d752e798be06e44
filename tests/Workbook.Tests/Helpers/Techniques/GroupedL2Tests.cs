using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

public sealed class GroupedL2Tests : IDisposable
{
    static readonly Groups two = Groups.InOrder(("first", 4), ("second", 6));

    public GroupedL2Tests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Fact]
    public void The_penalty_is_the_sum_over_features_of_strength_times_squares()
    {
        var penalty = new GroupedL2(two);
        penalty.Strengths.Assign(tf.constant(new[] { 2.0, 0.5 }));
        var kernel = tf.reshape(tf.range(0.0, 20.0, dtype: tf.float64), (10, 2));
        var squares = Enumerable.Range(0, 20).Sum(k => (k < 8 ? 2.0 : 0.5) * k * k);
        Assert.Equal(squares, (double)penalty.Apply(kernel), 1e-10);
        // A convolution's features are its channels; a vector's are its elements.
        Assert.Equal(squares, (double)penalty.Apply(tf.reshape(kernel, (1, 1, 10, 2))), 1e-10);
        Assert.Equal(2.0 * (0 + 1 + 4 + 9) + 0.5 * (16 + 25 + 36 + 49 + 64 + 81),
            (double)penalty.Apply(tf.range(0.0, 10.0, dtype: tf.float64)), 1e-10);
    }

    [Fact]
    public void One_per_layer_is_the_strength_of_l2()
    {
        var penalty = GroupedL2.PerLayer(initial: 0.3);
        var kernel = tf.random.normal((7, 3), dtype: tf.float64, seed: 2);
        Assert.Equal((double)regularizers.l2(0.3).Apply(kernel), (double)penalty.Apply(kernel), 1e-12);
    }

    [Fact]
    public void One_per_feature_can_switch_off_a_single_input()
    {
        var penalty = GroupedL2.PerFeature(3);
        Assert.Equal(3, penalty.Strengths.Value.size);
        penalty.Strengths.Assign(tf.constant(new[] { 1e-9, 1e9, 1e-9 }));
        Assert.Equal(4e9, (double)penalty.Apply(tf.constant(new[] { 1.0, 2, 3 })), 1);
    }

    [Fact]
    public void A_weight_of_another_size_is_refused_with_what_to_do()
    {
        var refused = Assert.Throws<ShapeException>(() => new GroupedL2(two).Apply(tf.ones((9, 1), tf.float64)));
        Assert.Contains("10 features", refused.Message);
        Assert.Contains("Make the groups from the features of the layer", refused.Message);
    }

    [Fact]
    public void Both_judges_have_the_slopes_of_numeric_derivatives()
    {
        var (x, y) = (ReferenceData.Raw, ReferenceData.Target);
        var penalty = new GroupedL2(two);
        penalty.Strengths.Assign(tf.constant(new[] { 0.02, 0.3 }));
        HyperObjective evidence = penalty.ByEvidence(ReferenceData.X, y), loo = penalty.ByLeaveOneOut(ReferenceData.X, y);
        const double h = 1e-5;
        GroupedFit At(double a, double b) => GroupedRidge.At(x, y, two, 0.02 * Math.Exp(a), 0.3 * Math.Exp(b));
        double[] errors = [(At(h, 0).LeaveOneOut - At(-h, 0).LeaveOneOut) / (2 * h),
            (At(0, h).LeaveOneOut - At(0, -h).LeaveOneOut) / (2 * h)];
        var judged = loo.Evaluate();
        // Leave-one-out of the standardised columns, in closed form and by the tape.
        Assert.Equal(1, judged.Loss / At(0, 0).LeaveOneOut, 1e-10);
        Assert.All(errors.Zip(judged.Gradients[0].ToArray<double>()), e => Assert.Equal(1, e.Second / e.First, 1e-4));
        // The noise that GroupedRidge has profiled out.
        ((Positive)Positive(evidence)).Assign(1 / Math.Pow(At(0, 0).Noise, 2));
        var likely = evidence.Evaluate();
        Assert.Equal(1, -likely.Loss / At(0, 0).LogEvidence, 1e-10);
        double[] slopes = [-(At(h, 0).LogEvidence - At(-h, 0).LogEvidence) / (2 * h),
            -(At(0, h).LogEvidence - At(0, -h).LogEvidence) / (2 * h)];
        Assert.All(slopes.Zip(likely.Gradients[0].ToArray<double>()), e => Assert.Equal(1, e.Second / e.First, 1e-4));
        Assert.Equal(0, (double)likely.Gradients[1], 1e-6);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void In_a_fit_the_strengths_become_those_of_grouped_ridge_regression()
    {
        var penalty = new GroupedL2(two, name: "λ");
        var model = keras.Sequential([keras.Input(10), layers.Dense(1, kernel_regularizer: penalty)]);
        model.compile(optimizers.SGD(0.1), "mse");
        var judge = penalty.ByEvidence(ReferenceData.X, ReferenceData.Target);
        model.fit(ReferenceData.X, ReferenceData.Target, batch_size: 442, epochs: 800, verbose: 0,
            callbacks: [judge.ToCallback(optimizers.Adam(0.05))]);
        var truth = GroupedRidge.ByEvidence(ReferenceData.Raw, ReferenceData.Target, two);
        Assert.All(truth.Strengths.Zip(penalty.Strengths.Value.ToArray<double>()), s => Assert.Equal(1, s.Second / s.First, 1e-3));
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Other_rows_move_the_strengths_to_those_of_grouped_ridge_regression()
    {
        var (x, y, xv, yv) = ReferenceData.Split();
        var penalty = new GroupedL2(two);
        var model = keras.Sequential([keras.Input(10), layers.Dense(1, kernel_regularizer: penalty)]);
        model.compile(optimizers.SGD(0.2), "mse");
        var judge = new ValidationStrength(model, x, y, xv, yv);
        model.fit(x, y, batch_size: x.shape[0], epochs: 3000, verbose: 0, callbacks: [judge.ToCallback(optimizers.Adam(0.02), every: 5)]);
        var truth = GroupedRidge.ByOtherData(x, y, xv, yv, two);
        Tensor strengths = penalty.Strengths.Value;
        var found = GroupedRidge.At(x, y, two, strengths.ToArray<double>());
        // Where a strength is nearly free its value says little; its error does.
        Assert.Equal(1, found.Error(xv, yv) / truth.Error(xv, yv), 1e-3);
    }

    [Fact]
    public void A_judge_of_other_features_is_refused()
    {
        var refused = Assert.Throws<JudgeException>(
            () => new GroupedL2(two).ByEvidence(ReferenceData.X[.., ..9], ReferenceData.Target).Evaluate());
        Assert.Contains("a column for each feature of the groups", refused.Message);
        Assert.Throws<JudgeException>(() => new GroupedL2(two).ByLeaveOneOut(ReferenceData.X, tf.ones(442)));
        Assert.Throws<JudgeException>(() => new GroupedL2(two).ByLeaveOneOut(ReferenceData.X[..3], ReferenceData.Target).Evaluate());
    }

    static object Positive(HyperObjective judge) => judge.Variables[1].Notes.Get<DomainVariable>()!;
}
