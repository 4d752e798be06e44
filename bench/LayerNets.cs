using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Benchmarks;

/// <summary>Nets of convolutions and recurrent layers on one random batch of 32: a step is forward, backward, Adam, in a loop of one's own.</summary>
static class LayerNets
{
    /// <summary>One call of each, by the names that bench/peers/serve.py knows too.</summary>
    public static Dictionary<string, Action> All() => new()
    {
        ["conv"] = Step((28, 28, 1), Of(keras.layers.Conv2D(32, 3, activation: "relu"), keras.layers.MaxPooling2D(),
            keras.layers.Conv2D(64, 3, activation: "relu"), keras.layers.MaxPooling2D(), keras.layers.Flatten(), keras.layers.Dense(10))),
        ["lenet"] = Step((28, 28, 1), Of(keras.layers.Conv2D(6, 5, padding: "same", activation: "relu"),
            keras.layers.MaxPooling2D(), keras.layers.Conv2D(16, 5, activation: "relu"), keras.layers.MaxPooling2D(),
            keras.layers.Flatten(), keras.layers.Dense(120, activation: "relu"), keras.layers.Dense(84, activation: "relu"),
            keras.layers.Dense(10))),
        ["lstm"] = Step((50, 16), Of(keras.layers.LSTM(64), keras.layers.Dense(10))),
    };

    static Layer[] Of(params Layer[] layers) => layers;

    static Action Step(Shape sample, Layer[] layers)
    {
        tf.random.set_seed(1);
        var x = tf.random.uniform([32, .. sample], -1, 1);
        var y = tf.one_hot(tf.random.uniform(32, 0, 10, tf.int32), 10);
        var model = keras.Sequential([keras.Input(sample), .. layers]);
        // So small a rate that the net does not learn its one batch by heart: numbers would become subnormal, and slow.
        var adam = keras.optimizers.Adam(1e-8);
        var variables = model.trainable_variables;
        return () =>
        {
            Tensor loss;
            Tensor[] gradients;
            using (var tape = tf.GradientTape())
            {
                loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, model.Apply(x, training: true)));
                gradients = tape.gradient(loss, variables.ToList());
            }
            adam.apply_gradients(gradients.Zip(variables, (g, v) => ((Tensor?)g, v)));
            _ = (double)loss;
        };
    }
}
