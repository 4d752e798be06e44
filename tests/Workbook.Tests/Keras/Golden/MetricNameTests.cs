using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>What <c>compile(metrics: [name])</c> means, by the values that Keras 3.15 gives for these targets and predictions.</summary>
public class MetricNameTests
{
    static readonly Tensor Targets = new[,]
    {
        { 1f, 1, 0, 1 }, { 1, 1, 1, 0 }, { 1, 1, 0, 0 }, { 0, 0, 0, 1 }, { 1, 1, 1, 1 }, { 0, 0, 1, 0 },
    };

    static readonly Tensor Predictions = new[,]
    {
        { 0.0070918286f, 0.6457209f, 0.71990937f, 0.8355692f }, { 0.28187782f, 0.21521817f, 0.6393314f, 0.8050548f },
        { 0.96367085f, 0.15052482f, 0.4822124f, 0.8947159f }, { 0.42271692f, 0.58950204f, 0.024490677f, 0.6734599f },
        { 0.919088602f, 0.8268253f, 0.8855203f, 0.6603554f }, { 0.24555227f, 0.76851702f, 0.21167475f, 0.83127481f },
    };

    [Fact]
    public void A_mean_of_losses_by_its_class_is_that_by_its_name()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Activation("linear")]);
        model.compile("sgd", "mse",
            metrics: [keras.metrics.Hinge(), keras.metrics.SquaredHinge(), keras.metrics.CategoricalHinge("c")]);
        var values = model.evaluate(Predictions, Targets);
        Assert.Equal(0.911167, values["hinge"], 2e-6);
        Assert.Equal(1.235506, values["squared_hinge"], 2e-6);
        Assert.Equal(0.70272, values["c"], 2e-6);
    }

    [Theory]
    [InlineData("acc", 0.5)]
    [InlineData("accuracy", 0.5)]
    [InlineData("binary_accuracy", 0.541667)]
    [InlineData("categorical_accuracy", 0.5)]
    [InlineData("top_k_categorical_accuracy", 1)]
    [InlineData("mse", 0.336844)]
    [InlineData("MSE", 0.336844)]
    [InlineData("mean_squared_error", 0.336844)]
    [InlineData("MeanSquaredError", 0.336844)]
    [InlineData("mae", 0.494501)]
    [InlineData("MAE", 0.494501)]
    [InlineData("mean_absolute_error", 0.494501)]
    [InlineData("mape", 240997776)]
    [InlineData("msle", 0.163493)]
    [InlineData("cosine_similarity", 0.614612)]
    [InlineData("CosineSimilarity", 0.614612)]
    [InlineData("kl_divergence", 2.250883)]
    [InlineData("poisson", 1.133549)]
    [InlineData("hinge", 0.911167)]
    [InlineData("squared_hinge", 1.235506)]
    [InlineData("categorical_hinge", 0.70272)]
    [InlineData("binary_crossentropy", 1.012974)]
    [InlineData("bce", 1.012974)]
    [InlineData("BCE", 1.012974)]
    [InlineData("categorical_crossentropy", 4.286895)]
    [InlineData("r2_score", -0.43445)]
    [InlineData("root_mean_squared_error", 0.580383)]
    public void A_metric_by_name_is_that_of_Keras(string name, double value)
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Activation("linear")]);
        model.compile("sgd", "mse", metrics: [name]);
        Assert.Equal(value, model.evaluate(Predictions, Targets)[name], 2e-6 * Math.Max(1, Math.Abs(value)));
    }
}
