using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Names;

/// <summary>What is null in C# is None in Python: the default.</summary>
public class NullTests
{
    [Fact]
    public void A_name_that_is_null_is_none()
    {
        string? name = null;
        var dense = layers.Dense(2, activation: name, kernel_initializer: name, kernel_regularizer: name, kernel_constraint: name);
        Assert.Equal(2, dense.Apply(tf.ones((1, 3))).size);
        Func<Tensor, Tensor>? function = null;
        ActivationFunction? activation = function;
        Assert.Null(activation);
        Metric? metric = name;
        Assert.Null(metric);
    }

    [Fact]
    public void Losses_weights_and_optimizers_that_are_null_are_the_defaults()
    {
        var model = keras.Sequential([keras.Input(3), layers.Dense(1)]);
        string? name = null;
        double[]? weights = null;
        Dictionary<string, double>? byName = null;
        Variable? variable = null;
        model.compile(name, "mse", weights);
        Assert.IsType<RMSprop>(model.optimizer);
        model.compile("sgd", "mse", byName);
        model.compile("sgd", "mse", variable);
        model.fit(tf.ones((4, 3)), tf.ones((4, 1)), verbose: 0);
        LossesPerOutput? losses = name;
        Assert.Null(losses);
        var error = Assert.Throws<ModelException>(() =>
        {
            model.compile("sgd", losses);
            model.fit(tf.ones((4, 3)), tf.ones((4, 1)), verbose: 0);
        });
        Assert.Contains("expected a loss", error.Message, StringComparison.Ordinal);
    }
}
