using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Layers;

/// <summary>The penalty of the layer, by hand: (0.1 · 6 + 0.2 · 14) / 2.</summary>
public class ActivityRegularizationTests
{
    [Fact]
    public void The_penalty_is_added_to_the_loss()
    {
        var layer = keras.layers.ActivityRegularization(0.1, 0.2);
        layer.Apply(tf.constant(new[,] { { 1f, -2 }, { 3, 0 } }));
        Assert.Equal(1.7, (double)Assert.Single(layer.losses), 1e-6);
    }
}
