using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Callbacks;

/// <summary>A callback may add a term to the loss of each training step.</summary>
public class TermTests
{
    static readonly Tensor x = tf.random.normal((8, 3), seed: 1), y = tf.random.normal((8, 1), seed: 2);

    [Fact]
    public void A_term_trains_the_weights_as_the_same_penalty_of_a_layer_does()
    {
        Model Built(Regularizer? penalty)
        {
            var model = keras.Sequential([keras.Input(3), layers.Dense(1, kernel_initializer: "ones", kernel_regularizer: penalty)]);
            model.compile(optimizers.SGD(0.1), "mse");
            return model;
        }

        var (penalised, charged) = (Built(regularizers.l2(0.3)), Built(null));
        var kernel = charged.trainable_variables[0];
        var expected = penalised.fit(x, y, epochs: 5, verbose: 0, shuffle: false);
        var received = charged.fit(x, y, epochs: 5, verbose: 0, shuffle: false,
            callbacks: [new Charge((_, _) => 0.3 * tf.reduce_sum(tf.square(kernel)))]);
        Assert.Equal(penalised.trainable_variables[0].value().ToArray<float>(), kernel.value().ToArray<float>(),
            (a, b) => Math.Abs(a - b) < 1e-6f);
        Assert.Equal(expected.history["loss"], received.history["loss"], (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void A_term_sees_targets_and_predictions_by_output_and_evaluation_does_without_it()
    {
        var model = keras.Sequential([keras.Input(3), layers.Dense(1, kernel_initializer: "zeros")]);
        model.compile(optimizers.SGD(1e-9), "mse");
        List<(int Targets, Shape Shape)> seen = [];
        var history = model.fit(x, y, epochs: 2, verbose: 0, validation_data: (x, y), callbacks: [new Charge((t, p) =>
        {
            seen.Add((t.Count, p[0].shape));
            return 100 + 0 * tf.reduce_sum(p[0]);
        })]);
        Assert.Equal([(1, new Shape(8, 1)), (1, new Shape(8, 1))], seen);
        Assert.Equal(100, history.history["loss"][0] - history.history["val_loss"][0], 1e-3);
        Assert.Equal(model.evaluate(x, y)["loss"], history.history["val_loss"][1], 1e-6);
    }

    [Fact]
    public void A_term_that_is_not_finite_is_named_as_the_part_of_the_loss_that_is_not()
    {
        var model = keras.Sequential([keras.Input(3), layers.Dense(1)]);
        model.compile("sgd", "mse");
        var said = ErrorStream.Anew(() => model.fit(x, y, verbose: 0,
            callbacks: [new Charge((_, p) => tf.log(-1 - tf.reduce_sum(tf.square(p[0]))))]));
        Assert.Contains("through the term of the callback Charge", said, StringComparison.Ordinal);
    }

    sealed class Charge(Func<IReadOnlyList<Tensor?>, IReadOnlyList<Tensor>, Tensor> term) : Callback
    {
        public override Tensor? Term(IReadOnlyList<Tensor?> y_true, IReadOnlyList<Tensor> y_pred) => term(y_true, y_pred);
    }
}
