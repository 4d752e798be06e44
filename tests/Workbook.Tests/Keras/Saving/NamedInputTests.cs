using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Saving;

/// <summary>Keras writes what goes into a call by name, in the order in which somebody wrote it. Data/make_named.py made the
/// file.</summary>
public class NamedInputTests
{
    [Fact]
    public void What_goes_in_by_name_finds_its_place()
    {
        var folder = "tests/Workbook.Tests/Keras/Saving/Data/";
        var expected = JsonSerializer.Deserialize<double[][]>(File.ReadAllText(Repository.File(folder + "named.json")))!;
        var model = keras.models.load_model(Repository.File(folder + "named.keras"));
        Tensor Wave(int i) => tf.cast(tf.reshape(tf.sin(1.0 + i + tf.cast(tf.range(16), tf.float64)), (2, 4, 2)), tf.float32);
        Tensor[] x = [Wave(0), Wave(1), Wave(2), tf.reshape(tf.greater(tf.range(32) % 3, 0), (2, 4, 4))];
        foreach (var (found, wanted) in model.ApplyMany(x, false).Zip(expected))
            foreach (var (a, b) in found.ToArray<double>().Zip(wanted)) Assert.Equal(b, a, 1e-6);
    }
}
