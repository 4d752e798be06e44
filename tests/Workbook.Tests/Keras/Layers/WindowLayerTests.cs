using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Layers;

/// <summary>What layers with windows refuse, and what they say.</summary>
public class WindowLayerTests
{
    static readonly Tensor Image = tf.ones((1, 4, 4, 2)), Sequence = tf.ones((1, 4, 2));

    static readonly Dictionary<string, (Action Call, string Says)> Refused = new()
    {
        ["channels first"] = (() => layers.Conv2D(1, 2, data_format: "channels_first"), "Permute((2, 3, 1))"),
        ["channels first in a pool"] = (() => layers.MaxPooling2D(data_format: "channels_first"), "Permute((2, 3, 1))"),
        ["channels first in a border"] = (() => layers.ZeroPadding2D(data_format: "channels_first"), "Permute((2, 3, 1))"),
        ["channels first in a global pool"] = (() => layers.GlobalAveragePooling1D(data_format: "channels_first"), "channels_last"),
        ["another padding"] = (() => layers.Conv2D(1, 2, padding: "full"), "Received: full"),
        ["causal images"] = (() => layers.Conv2D(1, 2, padding: "causal"), "Received: causal"),
        ["no filters"] = (() => layers.Conv1D(0, 2), "Received: 0"),
        ["a window of nothing"] = (() => layers.DepthwiseConv2D((2, 0)), "Received: (2, 0)"),
        ["three numbers for two axes"] = (() => layers.MaxPooling2D((2, 2, 2)), "Received: (2, 2, 2)"),
        ["groups that do not divide filters"] = (() => layers.Conv2D(3, 2, groups: 2), "3 filters and 2 groups"),
        ["groups that do not divide channels"] = (() => layers.Conv2D(3, 2, groups: 3).Apply(Image), "3 groups divide"),
        ["strides and dilation"] = (() => layers.Conv2D(1, 2, strides: 2, dilation_rate: 2), "strides (2, 2)"),
        ["output padding at the stride"] = (() => layers.Conv2DTranspose(1, 2, strides: 2, output_padding: 2), "output_padding below"),
        ["a sequence as an image"] = (() => layers.Conv2D(1, 2).Apply(Sequence), "(batch, height, width, channels)"),
        ["an image as a sequence"] = (() => layers.MaxPooling1D().Apply(Image), "(batch, steps, channels)"),
        ["other channels"] = (() =>
        {
            var layer = layers.Conv2D(1, 2);
            layer.Apply(Image);
            layer.Apply(tf.ones((1, 4, 4, 3)));
        }, "2 channels"),
        ["a window larger than the image"] = (() => layers.Conv2D(1, 5).Apply(Image), "reach (5, 5)"),
        ["a pool larger than the sequence"] = (() => layers.AveragePooling1D(5).Apply(Sequence), "Received: (1, 4, 2)"),
        ["more cut off than there is"] = (() => layers.Cropping2D(2).Apply(Image), "((2, 2), (2, 2))"),
        ["a border below 0"] = (() => layers.Cropping2D(-1), "at least 0"),
        ["another interpolation"] = (() => layers.UpSampling2D(interpolation: "lanczos3"), "nearest, bilinear"),
        ["an axis twice"] = (() => layers.Permute((1, 1)), "Received: (1, 1)"),
        ["a batch in a permutation"] = (() => layers.Permute((0, 1)), "counted from 1"),
        ["too few axes for a permutation"] = (() => layers.Permute((1, 2, 3)).Apply(Sequence), "3 axes besides the batch"),
        ["an image to repeat"] = (() => layers.RepeatVector(2).Apply(Sequence), "(batch, features)"),
        ["filters of other channels"] = (() => tf.nn.conv2d(Image, tf.ones((2, 2, 3, 1))), "Received: (1, 4, 4, 2) and (2, 2, 3, 1)"),
        ["a shape that no convolution makes"] = (() => tf.nn.conv2d_transpose(Image, tf.ones((2, 2, 1, 2)), (1, 9, 8, 1), 2),
            "Received: (1, 4, 4, 2)"),
        ["whole numbers"] = (() => tf.nn.conv2d(tf.ones((1, 2, 2, 1), tf.int32), tf.ones((1, 1, 1, 1), tf.int32)), "int32"),
        ["a stride of 0"] = (() => tf.nn.max_pool2d(Image, 2, 0), "strides of one number"),
    };

    public static TheoryData<string> Names => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_does_not_fit_is_refused_with_what_was_received(string name)
    {
        var error = Assert.ThrowsAny<Exception>(Refused[name].Call);
        Assert.True(error is ArgumentException or ShapeException or DTypeException, error.ToString());
        Assert.Contains(Refused[name].Says, error.Message, StringComparison.Ordinal);
        Assert.Contains("Received: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Relu_in_the_same_pass_is_relu_after_it()
    {
        var (fused, apart) = (layers.Conv2D(3, 3, activation: "relu"), layers.Conv2D(3, 3));
        var x = tf.random.normal((2, 5, 5, 2), seed: 1);
        fused.Apply(x);
        apart.Apply(x);
        apart.set_weights(fused.get_weights());
        Assert.Equal(tf.nn.relu(apart.Apply(x)).ToArray<float>(), fused.Apply(x).ToArray<float>());
    }

    [Fact]
    public void A_maximum_passes_NaN_on()
    {
        var x = tf.constant(new float[,,,] { { { { 1 }, { float.NaN } }, { { 3 }, { 2 } } } });
        Assert.True(float.IsNaN((float)tf.reduce_max(tf.nn.max_pool2d(x, 2))));
        Assert.True(float.IsNaN((float)tf.reduce_max(tf.nn.max_pool2d(tf.tile(x, [1, 1, 1, 9]), 2))));
    }
}
