using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Training;

/// <summary>What is meant for training does not reach the samples that are held out.</summary>
public class HeldOutTests
{
    static readonly Tensor X = tf.random.normal((20, 2), seed: 1);
    static readonly Tensor Y = tf.cast(tf.reshape(tf.range(20), (20, 1)) % 2, tf.float32);

    static Model Classifier()
    {
        utils.set_random_seed(4);
        var model = keras.Sequential([keras.Input(2), layers.Dense(1, activation: "sigmoid")]);
        model.compile(optimizers.SGD(0.0), "binary_crossentropy", weighted_metrics: ["accuracy"]);
        return model;
    }

    [Fact]
    public void Class_weights_leave_the_validation_split_alone()
    {
        var weights = new Dictionary<int, double> { [0] = 10, [1] = 10 };
        var split = Classifier().fit(X, Y, validation_split: 0.5, class_weight: weights, verbose: 0).history;
        var apart = Classifier().fit(X[..10], Y[..10], validation_data: (X[10..], Y[10..]), class_weight: weights, verbose: 0).history;
        var plain = Classifier().fit(X, Y, validation_split: 0.5, verbose: 0).history;
        Assert.Equal(plain["val_loss"][0], split["val_loss"][0], 1e-6);
        Assert.Equal(apart["val_loss"][0], split["val_loss"][0], 1e-6);
        Assert.Equal(apart["loss"][0], split["loss"][0], 1e-5);
        Assert.Equal(10 * plain["loss"][0], split["loss"][0], 1e-4);
        Assert.Equal(plain["val_accuracy"][0], split["val_accuracy"][0], 1e-6);
    }

    [Fact]
    public void Sample_weights_do_count_in_the_validation_split_as_in_Keras()
    {
        var weighted = Classifier().fit(X, Y, validation_split: 0.5, sample_weight: 10 * tf.ones(20), verbose: 0).history;
        var plain = Classifier().fit(X, Y, validation_split: 0.5, verbose: 0).history;
        Assert.Equal(10 * plain["val_loss"][0], weighted["val_loss"][0], 1e-4);
    }
}
