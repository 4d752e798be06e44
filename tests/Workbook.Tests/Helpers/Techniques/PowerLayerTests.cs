using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class PowerLayerTests
{
    const double Blur = 1e-3;

    static readonly float[] Inputs = [-4, -1, -0.25f, 0, 0.25f, 1, 4];

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.7)]
    [InlineData(-0.7)]
    public void Away_from_zero_it_is_the_power_with_the_sign_of_x(double p)
    {
        var y = new PowerLayer(p).Apply(tf.constant(Inputs)).ToArray<float>();
        foreach (var (x, value) in Inputs.Zip(y).Where(pair => pair.First != 0))
        {
            // The blur changes a power by (p − 1)/2 · (0.001/0.25)² of itself, 1.4e-5 at most; float32 adds 1e-6.
            var exact = Math.Sign(x) * Math.Pow(Math.Abs(x), p);
            Assert.Equal(1, value / exact, 2e-5);
        }
    }

    [Fact]
    public void An_exponent_of_one_changes_nothing() => Assert.Equal(Inputs, new PowerLayer(1).Apply(tf.constant(Inputs)).ToArray<float>());

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.7)]
    [InlineData(3)]
    public void Around_zero_the_slope_is_continuous_and_finite(double p)
    {
        var (slope, byExponent) = Gradients([-1e-6f, 0, 1e-6f], p);
        // At 1e-6 the base is larger than at 0 by a part in 10⁶; float32 adds a few in 10⁷.
        foreach (var s in slope) Assert.Equal(1, s / Math.Pow(Blur, p - 1), 1e-5);
        // ∂/∂p = y · log(x² + blur²)/2, odd in x: 0 in all at 0, and the values on both sides cancel.
        Assert.Equal(0, byExponent, 1e-9);
    }

    [Fact]
    public void Negative_inputs_give_the_exponent_a_gradient()
    {
        var (_, byExponent) = Gradients([-2], 1.5);
        // ∂/∂p of −2ᵖ is −2ᵖ·log 2; the blur changes it by 1e-7, float32 by 1e-6.
        Assert.Equal(-Math.Pow(2, 1.5) * Math.Log(2), byExponent, 1e-5);
    }

    [Fact]
    public void A_model_owns_the_exponent_and_finds_it_with_inputs_of_both_signs()
    {
        var random = new SplitMix64(7);
        var x = Enumerable.Range(0, 64).Select(_ => (float)random.NextNormal()).ToArray();
        var y = x.Select(v => MathF.Sign(v) * MathF.Pow(MathF.Abs(v), 1.7f)).ToArray();
        var p = tf.Variable(1.0, name: "p");
        var inputs = keras.Input(shape: 1);
        var model = keras.Model(inputs: inputs, outputs: new PowerLayer(p).Apply(inputs));
        Assert.Equal([p], model.hyper_variables);
        model.compile(optimizer: keras.optimizers.Adam(0.05), loss: "mse");
        model.fit(tf.reshape(tf.constant(x), [64, 1]), tf.reshape(tf.constant(y), [64, 1]), epochs: 300, batch_size: 64, verbose: 0);
        // Adam with 0.05 comes to rest within 1e-4; the blur shifts the best exponent by less.
        Assert.Equal(1.7, (double)p, 1e-3);
    }

    [Fact]
    public void Each_feature_may_have_an_exponent_of_its_own()
    {
        var p = tf.Variable(new[] { 1f, 2f, 3f });
        var y = new PowerLayer(p).Apply(tf.constant(new[,] { { 2f, -2f, 2f } }));
        float[] exact = [2, -4, 8];
        // The blur is 1e-7 of these values; float32 adds 1e-6.
        foreach (var (value, e) in y.ToArray<float>().Zip(exact)) Assert.Equal(e, value, 1e-5f);
    }

    [Fact]
    public void A_blur_that_is_not_positive_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new PowerLayer(1, blur: 0));
        Assert.Contains("expected a positive blur", error.Message);
    }

    static (float[] ByInput, double ByExponent) Gradients(float[] inputs, double exponent)
    {
        var x = tf.Variable(inputs);
        var p = tf.Variable(exponent, dtype: tf.float32);
        using var tape = tf.GradientTape();
        var gradients = tape.gradient(tf.reduce_sum(new PowerLayer(p).Apply(x.value())), [x, p]);
        return (gradients[0].ToArray<float>(), gradients[1].Item<float>());
    }
}
