using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Keras.Variables;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Training;

/// <summary>A loss that expects scores gets the output of a softmax or sigmoid: as in Keras, the scores behind it count.</summary>
public class ScoresTests
{
    const string Said = "expected scores, as from_logits: true says";

    static readonly Tensor x = tf.random.normal((12, 3), seed: 1), labels = tf.range(12) * 7 % 3;

    public static TheoryData<string> Losses { get; } = ["categorical", "sparse", "binary"];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Scores_behind_a_softmax_or_sigmoid_are_used_and_named_where_scores_are_expected(string kind)
    {
        var (loss, y, last) = Case(kind);
        double Trained(string? activation)
        {
            var model = Net(kind, activation);
            model.compile(optimizers.SGD(0.5), loss);
            return model.fit(x, y, epochs: 3, shuffle: false, verbose: 0).history["loss"][^1];
        }

        var right = Trained(null);
        var received = 0.0;
        Assert.Contains(Said, ErrorStream.Anew(() => received = Trained(last)), StringComparison.Ordinal);
        Assert.Equal(right, received, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Probabilities_that_nothing_is_known_of_are_scores_as_one_says(string kind)
    {
        var (loss, y, last) = Case(kind);
        var predictions = Net(kind, last).predict(x);
        var said = ErrorStream.Anew(() => Assert.Equal((double)loss.Apply(y, predictions * 1.0), (double)loss.Apply(y, predictions), 1e-7));
        Assert.Equal("", said);
    }

    [Fact]
    public void Focal_losses_take_a_softmax_or_sigmoid_twice_as_Keras_does_and_say_so()
    {
        var output = activations.sigmoid(x);
        var y = tf.one_hot(labels, 3);
        Assert.Contains(Said, ErrorStream.Anew(() => losses.BinaryFocalCrossentropy(from_logits: true).Apply(y, output)),
            StringComparison.Ordinal);
        Assert.Contains(Said, ErrorStream.Anew(() => losses.CategoricalFocalCrossentropy(from_logits: true).Apply(y, output)),
            StringComparison.Ordinal);
    }

    static (Loss Loss, Tensor Y, string Last) Case(string kind) => kind switch
    {
        "categorical" => (losses.CategoricalCrossentropy(from_logits: true), tf.one_hot(labels, 3), "softmax"),
        "sparse" => (losses.SparseCategoricalCrossentropy(from_logits: true), labels, "softmax"),
        _ => (losses.BinaryCrossentropy(from_logits: true), tf.one_hot(labels, 3), "sigmoid"),
    };

    static Model Net(string kind, string? activation) => keras.Sequential([keras.Input(3),
        layers.Dense(3, activation: activation, kernel_initializer: initializers.RandomNormal(seed: kind.Length))]);
}
