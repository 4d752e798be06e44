using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>What notebook 05 shows under "The same elsewhere" finds Kepler's exponent in Keras 3.</summary>
[Trait("speed", "slow")]
public class PowerElsewhereTests
{
    [Fact]
    public async Task A_power_in_Keras_finds_what_the_closed_form_finds_in_Keplers_table()
    {
        var table = DataSets.Kepler();
        Tensor x = table.X, T = tf.expand_dims(table.y / 365.25, 1), logs = tf.log(x);
        var closed = (tf.reduce_sum(logs * tf.log(T)) / tf.reduce_sum(tf.square(logs))).Item<double>();
        var found = await Elsewhere.Run("05-learning-an-exponent", new Dictionary<string, Tensor> { ["x"] = x, ["T"] = T }, "",
            ("p", "power.p"), ("owned", "[v is power.p for v in model.trainable_variables]"));
        Assert.Equal(closed, found["p"][0], 1e-5);
        Assert.Equal([1], found["owned"]);
    }
}
