using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Saving;

/// <summary>Keras goes through inputs and outputs in a dictionary by their names, and names weights in that order.
/// Data/make_outputs_by_name.py made the file.</summary>
public class OutputsByNameTests
{
    [Fact]
    public void A_model_with_outputs_by_name_finds_its_weights()
    {
        var folder = "tests/Workbook.Tests/Keras/Saving/Data/";
        var said = JsonSerializer.Deserialize<Dictionary<string, double[]>>(
            File.ReadAllText(Repository.File(folder + "outputs-by-name.json")))!;
        var model = keras.models.load_model(Repository.File(folder + "outputs-by-name.keras"));
        Assert.Equal(["a", "z"], model.output_names);
        Dictionary<string, Tensor> data = new()
        {
            ["x"] = tf.constant(new[,] { { 0.1f, 0.2f }, { 0.3f, -0.4f } }),
            ["b"] = tf.constant(new[,] { { 0.5f, 0.6f }, { -0.7f, 0.8f } }),
        };
        var found = model.predict_many(data);
        foreach (var (name, output) in model.output_names.Zip(found))
            foreach (var (a, b) in output.ToArray<double>().Zip(said[name])) Assert.Equal(b, a, 1e-6);
    }
}
