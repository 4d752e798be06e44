using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Variables;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Layers;

/// <summary>Layers of one's own that say what their mask is, as in Keras' guide to masking.</summary>
public class OwnMaskTests
{
    static readonly Tensor texts = new[,] { { 1f, 2, 3, 0 }, { 3, 1, 0, 0 } };

    [Fact]
    public void A_layer_that_overrides_compute_mask_alone_gives_its_mask_on()
    {
        var seen = new Seen();
        seen.Apply(new Embeds().Apply(texts));
        Assert.Equal([true, true, true, false, true, true, false, false], seen.Mask!.ToArray<bool>());
    }

    [Fact]
    public void Each_of_several_outputs_has_its_mask()
    {
        var halves = new Splits().ApplyMany([new Embeds().Apply(texts)]);
        var (first, second) = (new Seen(), new Seen());
        first.Apply(halves[0]);
        second.Apply(halves[1]);
        Assert.Equal([true, true, true, true], first.Mask!.ToArray<bool>());
        Assert.Equal([true, false, false, false], second.Mask!.ToArray<bool>());
    }

    [Fact]
    public void A_recurrent_layer_behind_both_counts_the_steps_that_count()
    {
        var inputs = keras.Input(4);
        var halves = new Splits().ApplyMany(new Embeds().Apply(inputs));
        var model = keras.Model(inputs, layers.LSTM(2, kernel_initializer: "ones").Apply(halves[1]));
        var said = ErrorStream.Anew(() =>
        {
            var output = model.predict(texts).ToArray<float>();
            // The second text has no step left there, so its state stays what it was.
            Assert.Equal([0, 0], output[2..]);
            Assert.NotEqual(0, output[0]);
        });
        Assert.Equal("", said);
    }

    [Fact]
    public void A_layer_that_says_nothing_of_masks_ends_them_with_a_warning() =>
        Assert.Contains("does not pass it on", ErrorStream.Anew(() => new Seen().Apply(new Embeds().Apply(texts))),
            StringComparison.Ordinal);

    sealed class Embeds : Layer
    {
        readonly Variable table = tf.Variable(tf.reshape(tf.range(1.0, 15.0), (7, 2)), name: "table");

        public override Tensor call(Tensor inputs, bool training) => tf.gather(table, tf.cast(inputs, tf.int32));

        public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => tf.not_equal(inputs, tf.zeros_like(inputs));
    }

    sealed class Splits : Layer
    {
        public override Tensor[] call(Tensor[] inputs, bool training) => tf.split(inputs[0], 2, axis: 1);

        public override Tensor?[] compute_masks(Tensor[] inputs, Tensor?[] masks) =>
            masks[0] is { } mask ? [.. tf.split(mask, 2, axis: 1)] : [null, null];
    }

    sealed class Seen : Layer
    {
        public Tensor? Mask;

        public override Tensor call(Tensor inputs, bool training)
        {
            Mask = MaskOf(inputs);
            return inputs * 1.0;
        }
    }
}
