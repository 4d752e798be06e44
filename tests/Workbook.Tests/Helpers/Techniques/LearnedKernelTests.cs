using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: scikit-learn 1.2, GaussianProcessRegressor, refined by scipy (make_linear_judges.py).</summary>
public class LearnedKernelTests
{
    public static TheoryData<string> Curves => [.. LinearTables.Kernels];

    [Theory]
    [MemberData(nameof(Curves))]
    [Trait("speed", "slow")]
    public void The_kernel_of_largest_likelihood_is_that_of_scikit_learn_on_any_table(string name)
    {
        var (x, y, golden) = LinearTables.Curve(name);
        LearnedKernel kernel = null!;
        BadInputTests.Spoken(() => kernel = new LearnedKernel(x, y).Fit());
        // Both stop where slopes are below 1e-6 in units of a log likelihood that bends by about 1.
        Assert.Equal(golden.GetProperty("log_likelihood").GetDouble(), kernel.LogLikelihood, 1e-4);
        Same("variance", kernel.Variance);
        Same("length", kernel.LengthScale);
        // 8 patients have no noise that one could tell: the likelihood is flat below a millionth.
        if (golden.GetProperty("noise").GetDouble() > 1e-6 * golden.GetProperty("variance").GetDouble()) Same("noise", kernel.Noise);

        void Same(string what, Positive actual) => Assert.Equal(1, (double)actual.Value / golden.GetProperty(what).GetDouble(), 1e-3);
    }

    [Fact]
    public void Three_numbers_to_six_digits()
    {
        var (x, y, _) = LinearTables.Curve("wave");
        var kernel = new LearnedKernel(x, y).Fit();
        Assert.Equal(1.0142939, (double)kernel.Variance.Value, 2e-7);
        Assert.Equal(1.6148337, (double)kernel.LengthScale.Value, 2e-7);
        Assert.Equal(0.0464370, (double)kernel.Noise.Value, 1e-7);
        Assert.Equal(-10.62566795, kernel.LogLikelihood, 1e-8);
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Steps_of_plain_descent_find_the_same()
    {
        var (x, y, _) = LinearTables.Curve("wave");
        var kernel = new LearnedKernel(x, y, variance: 1, lengthScale: 1, noise: 0.1);
        var sgd = keras.optimizers.SGD(0.02);
        for (var step = 0; step < 666; step++) kernel.Step(sgd);
        // numpy: 666 steps to a slope of 1e-8.
        Assert.Equal(1.0142939, (double)kernel.Variance.Value, 1e-6);
        Assert.Equal(1.6148337, (double)kernel.LengthScale.Value, 1e-6);
    }

    [Fact]
    public void The_slopes_are_differences()
    {
        var (x, y, _) = LinearTables.Curve("trees, standardised");
        var kernel = new LearnedKernel(x, y, perFeature: true);
        var slopes = kernel.Evaluate().Gradients;
        foreach (var (v, slope) in kernel.Variables.Zip(slopes))
            for (var i = 0; i < v.shape.Size; i++)
            {
                var was = v.read_value();
                double At(double h)
                {
                    var values = was.ToArray<double>();
                    values[i] += h;
                    v.assign(Tensor.FromSpan<double>(values, v.shape));
                    return -kernel.LogLikelihood;
                }
                Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, tf.reshape(slope, -1)[i].Item<double>(), 1e-6);
                v.assign(was);
            }
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_feature_that_does_not_matter_gets_a_long_length_of_its_own()
    {
        var (x, y, _) = LinearTables.Curve("wave");
        var random = new SplitMix64(3);
        var other = tf.constant(Enumerable.Range(0, 40).Select(_ => 10 * random.NextUniform()).ToArray());
        var kernel = new LearnedKernel(tf.stack([x[.., 0], other], 1), y, perFeature: true).Fit();
        var lengths = kernel.LengthScale.Value.ToArray<double>();
        Assert.Equal(1.61, lengths[0], 0.1);
        Assert.True(lengths[1] > 20 * lengths[0], $"{lengths[1]}");
    }

    [Fact]
    public void Near_its_data_it_knows_and_far_away_it_says_so()
    {
        var (x, y, _) = LinearTables.Curve("wave");
        var kernel = new LearnedKernel(x[.., 0], 5.0 + y).Fit();
        var (mean, deviation) = kernel.Predict(tf.constant(new[] { Math.PI / 2, 1000 }));
        Assert.Equal(6, (double)mean[0], 0.2);
        Assert.Equal((double)tf.reduce_mean(5.0 + y), (double)mean[1], 1e-6);
        Assert.True((double)deviation[0] < 0.15);
        Assert.Equal(Math.Sqrt((double)kernel.Variance.Value), (double)deviation[1], 1e-6);
        Assert.Contains("inputs of shape (m, 1)", Assert.Throws<ArgumentException>(() => kernel.Predict(tf.ones((3, 2)))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_matrix_that_is_not_positive_definite_says_what_to_do()
    {
        var twice = new LearnedKernel(tf.constant(new[] { 1.0, 1, 2, 3 }), tf.constant(new[] { 1.0, 2, 3, 5 }), noise: 1e-18);
        var message = Assert.Throws<JudgeException>(twice.Evaluate).Message;
        Assert.Contains("positive definite", message, StringComparison.Ordinal);
        Assert.Contains("give noise a first value above", message, StringComparison.Ordinal);
        // The search turns back from there.
        BadInputTests.Spoken(() => twice.Fit());
        Assert.True(double.IsFinite(twice.LogLikelihood));
    }

    [Fact]
    public void A_function_without_noise_is_said_to_have_none()
    {
        var x = tf.constant(Enumerable.Range(0, 15).Select(i => i / 3.0).ToArray());
        var said = BadInputTests.Spoken(() => new LearnedKernel(x, tf.sin(x)).Fit());
        Assert.Contains("the targets follow the inputs without noise", said, StringComparison.Ordinal);
    }
}
