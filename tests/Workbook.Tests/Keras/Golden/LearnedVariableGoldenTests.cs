using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>The three learned-variable runs of keras-golden.json, as one would write them here.</summary>
public class LearnedVariableGoldenTests
{
    static JsonElement Run(string name) =>
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/keras-golden.json"))).RootElement
        .GetProperty("oracle_runs").GetProperty("learned_variables").EnumerateArray()
            .Single(r => r.GetProperty("name").GetString() == name);

    [Fact]
    public void An_exponent_between_input_and_output_learns_as_in_Keras()
    {
        var c = Run("learned exponent y=x^p");
        var p = tf.Variable(1.5, name: "p");
        var inputs = keras.Input(1);
        var model = keras.Model(inputs, tf.pow(inputs, p));
        model.compile(keras.optimizers.Adam(0.05), "mse");
        Same(c, model, c.GetProperty("y").Tensor());
        Assert.Equal(c.GetProperty("p").GetDouble(), (double)p, 2e-5);
    }

    [Fact]
    public void Uncertainty_weights_of_two_tasks_learn_as_in_Keras()
    {
        var c = Run("uncertainty-weighted two-task loss");
        var model = new TwoTasks();
        model.compile(keras.optimizers.Adam(0.05));
        var y = c.GetProperty("y");
        Same(c, model, new[] { y[0].Tensor(), y[1].Tensor() });
        Assert.Equal(c.GetProperty("s1").GetDouble(), (double)model.s1, 2e-5);
        Assert.Equal(c.GetProperty("s2").GetDouble(), (double)model.s2, 2e-5);
        Assert.Equal(["s1", "s2"], model.trainable_variables.Take(2).Select(v => v.name));
    }

    [Fact]
    public void Naive_loss_weights_shrink_as_in_Keras()
    {
        var c = Run("naive trainable loss weights run away");
        var (w1, w2) = (tf.Variable(1.0, name: "w1"), tf.Variable(1.0, name: "w2"));
        var inputs = keras.Input(2);
        var output = Linear(0.5, -0.25, 0.1).Apply(inputs);
        var model = keras.Model(inputs, [output, output]);
        model.compile(keras.optimizers.SGD(0.05), loss: ["mse", "mae"], loss_weights: [w1, w2]);
        var y = c.GetProperty("y").Tensor();
        Same(c, model, new[] { y, y });
        Assert.Equal(c.GetProperty("w1").GetDouble(), (double)w1, 2e-5);
        Assert.Equal(c.GetProperty("w2").GetDouble(), (double)w2, 2e-5);
    }

    static void Same(JsonElement c, Model model, Batch y)
    {
        var history = model.fit(c.GetProperty("x").Tensor(), y, epochs: c.GetProperty("epochs").GetInt32(),
            batch_size: c.GetProperty("batch_size").GetInt32(), shuffle: false, verbose: 0);
        Numbers.Near(c.GetProperty("history").GetProperty("loss").Flat(), history.history["loss"], 2e-5, 2e-5, "loss");
    }

    static Dense Linear(double a, double b, double bias) =>
        keras.layers.Dense(1, kernel_initializer: keras.initializers.Constant(new[,] { { a }, { b } }),
            bias_initializer: keras.initializers.Constant(bias));

    class TwoTasks : Model
    {
        public readonly Variable s1 = tf.Variable(0.0, name: "s1"), s2 = tf.Variable(0.0, name: "s2");
        readonly Dense a = Linear(0.5, -0.25, 0.1), b = Linear(-0.3, 0.6, 0);

        public override Tensor[] call(Tensor[] inputs, bool training) => [a.Apply(inputs[0]), b.Apply(inputs[0])];

        public override Tensor compute_loss(Batch x, Batch? y, Tensor[] y_pred, Batch? sample_weight) =>
            tf.exp(-s1) * tf.reduce_mean(keras.losses.mean_squared_error(y![0], y_pred[0])) + s1
                + tf.exp(-s2) * tf.reduce_mean(keras.losses.mean_squared_error(y[1], y_pred[1])) + s2;
    }
}
