using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class MixedActivationTests
{
    static readonly (string, Func<Tensor, Tensor>)[] candidates = [("x", x => x), ("|x|", x => tf.abs(x)), ("relu", x => tf.nn.relu(x))];

    [Fact]
    public void It_is_the_mixture_that_its_shares_say()
    {
        var layer = new MixedActivation(candidates);
        layer.Shares.Assign(new[] { 0.5, 0.2, 0.3 });
        // −2: −1 + 0.4 + 0. 3: 1.5 + 0.6 + 0.9. To the rounding of float32.
        Assert.Equal([-0.6f, 3f], layer.Apply(tf.constant(new[] { -2f, 3 })).ToArray<float>(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_model_owns_the_shares_and_finds_a_mixture_that_can_be_told()
    {
        var x = tf.reshape(tf.cast(tf.linspace(-3.0, 3.0, 121), tf.float32), (-1, 1));
        var layer = new MixedActivation(("sin", v => tf.sin(v)), ("|x|", v => tf.abs(v)), ("1", v => tf.ones_like(v)));
        var model = keras.Sequential([keras.Input(1), layer]);
        model.compile(keras.optimizers.Adam(0.05), "mse");
        Assert.Contains(layer.Shares.Raw, model.trainable_variables);
        model.fit(x, 0.6 * tf.sin(x) + 0.4 * tf.abs(x), batch_size: 121, epochs: 600, verbose: 0);
        // A share of 0 is approached and never reached.
        Assert.Equal([0.6f, 0.4f, 0f], layer.Shares.Value.ToArray<float>(), (a, b) => Math.Abs(a - b) < 0.02);
    }

    [Fact]
    public void Shares_of_candidates_that_are_sums_of_each_other_are_not_told()
    {
        var x = tf.linspace(-3.0, 3.0, 31);
        Assert.Equal(2, new MixedActivation(candidates).Told(x).Rank);
        Assert.True(new MixedActivation(candidates[..2]).Told(x).IsFull);
        // Above 0 all three are the same: two directions.
        Assert.Equal(2, new MixedActivation(candidates).Told(tf.abs(x)).Flat.Count);
    }

    [Fact]
    public void That_shares_sum_to_one_tells_a_function_from_its_double() =>
        Assert.True(new MixedActivation(("x", x => x), ("2x", x => 2 * x)).Told(tf.linspace(-1.0, 1.0, 9)).IsFull);

    [Fact]
    public void One_candidate_or_a_name_twice_is_refused()
    {
        Assert.Contains("Received: none", Assert.Throws<ArgumentException>(
            () => new MixedActivation(("x", x => x), ("|x|", x => tf.abs(x))).Told(tf.zeros(0))).Message);
        Assert.Throws<ArgumentException>(() => new MixedActivation(candidates[..1]));
        Assert.Throws<ArgumentException>(() => new MixedActivation(candidates[0], candidates[0]));
    }

    [Fact]
    public void Masks_pass_and_candidates_that_change_the_shape_are_refused()
    {
        Assert.True(new MixedActivation(("relu", t => tf.nn.relu(t)), ("x", t => t)).supports_masking);
        Assert.Contains("from 'sum'", Assert.Throws<ShapeException>(
            () => new MixedActivation(("sum", t => tf.reduce_sum(t)), ("x", t => t)).Apply(tf.ones((2, 3)))).Message);
    }
}
