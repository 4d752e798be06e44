using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Models;

/// <summary>Which axis of a symbolic value belongs to the batch is found by running, never guessed from a length.</summary>
public class SymbolicShapeTests
{
    [Fact]
    public void A_sum_over_the_batch_has_no_batch_axis_whatever_its_length()
    {
        foreach (var n in new[] { 1, 2, 3, 4, 5 })
            Assert.Equal(new Shape(n), keras.Input(n).Then(t => tf.reduce_sum(t, axis: 0)).shape);
    }

    [Fact]
    public void A_transposed_batch_is_shown_where_it_is()
    {
        foreach (var n in new[] { 2, 4, 5 })
        {
            Assert.Equal(new Shape(n, -1), keras.Input(n).Then(t => tf.transpose(t)).shape);
            Assert.Equal(new Shape(-1, n), keras.Input(n).Then(t => tf.transpose(t)).Then(t => tf.transpose(t)).shape);
        }
    }

    [Fact]
    public void A_reshape_shows_what_answers_to_the_batch()
    {
        var x = keras.Input((2, 3));
        Assert.Equal(new Shape(-1, 6), layers.Flatten().Apply(x).shape);
        Assert.Equal(new Shape(-1, 3), x.Then(t => tf.reshape(t, (-1, 3))).shape);
        Assert.Equal(new Shape(2, -1), x.Then(t => tf.reshape(t, (2, -1))).shape);
        Assert.Equal(new Shape(-1, 2), x.Then(t => tf.reshape(t, (t.shape[0], 2, 3))[.., .., 0]).shape);
        // Pairs of rows.
        Assert.Equal(new Shape(-1, 2, 6), x.Then(t => tf.reshape(t, (-1, 2, 6))).shape);
    }

    [Fact]
    public void A_constant_of_two_rows_is_no_batch()
    {
        var x = keras.Input(2);
        Assert.Equal(new Shape(2, 3), x.Then(_ => tf.ones((2, 3))).shape);
        Assert.Equal(new Shape(2, 2), x.Then(t => tf.matmul(t, t, transpose_a: true)).shape);
        Assert.Equal(new Shape(-1, -1), x.Then(t => tf.matmul(t, t, transpose_b: true)).shape);
        Assert.Equal(Shape.Scalar, x.Then(t => tf.reduce_sum(t)).shape);
        Assert.Equal(new Shape(-1), x.Then(t => tf.reduce_sum(t, axis: 1)).shape);
    }

    [Fact]
    public void Inputs_and_layers_show_the_batch_first()
    {
        Assert.Equal(new Shape(-1), keras.Input(Shape.Scalar).shape);
        Assert.Equal(new Shape(-1, 2), keras.Input(2).shape);
        var y = layers.Dense(2).Apply(layers.BatchNormalization().Apply(keras.Input((2, 2))));
        Assert.Equal(new Shape(-1, 2, 2), y.shape);
        Assert.Equal(new Shape(-1, 4), layers.Concatenate().Apply([keras.Input(2), keras.Input(2)]).shape);
        Assert.Equal(new Shape(-1, 3, 2), layers.Embedding(5, 2).Apply(keras.Input(3, dtype: tf.int32)).shape);
    }

    [Fact]
    public void Asking_leaves_no_trace()
    {
        var x = keras.Input(2);
        var calls = 0;
        var y = layers.Lambda(t =>
        {
            calls++;
            return t + tf.random.normal(t.shape);
        }).Apply(x);
        var next = tf.random.generator.NextUInt64();
        utils.set_random_seed(1);
        var expected = tf.random.generator.NextUInt64();
        utils.set_random_seed(1);
        _ = y.shape;
        _ = y.shape;
        Assert.Equal(expected, tf.random.generator.NextUInt64());
        Assert.Equal(2, calls);
        var penalised = layers.Dense(1, activity_regularizer: regularizers.l2(1.0));
        var z = penalised.Apply(x);
        var before = penalised.losses.Select(l => (float)l).ToList();
        Assert.Equal(new Shape(-1, 1), z.shape);
        Assert.Equal(before, penalised.losses.Select(l => (float)l));
    }

    [Fact]
    public void A_step_that_remembers_the_rows_of_the_sample_is_named()
    {
        var y = keras.Input(3).Then(t => t + tf.ones((2, 1)), "stuck");
        var said = ErrorStream.Anew(() => Assert.Equal(new Shape(2, 3), y.shape));
        Assert.Contains("'stuck' runs for a batch of 2 rows but not for one of 4", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_deeper_than_the_call_stack_can_be_asked()
    {
        var y = keras.Input(2);
        for (var i = 0; i < 20_000; i++) y += 1;
        Assert.Equal(new Shape(-1, 2), y.shape);
    }
}
