using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Training;

/// <summary>Each mistake says what was expected and what was received.</summary>
public class BadInputTests
{
    static Model Compiled(string loss = "mse", int outputs = 1)
    {
        var model = keras.Sequential([keras.Input(3), layers.Dense(outputs, name: "head")]);
        model.compile("sgd", loss);
        return model;
    }

    static readonly Tensor x = tf.ones((4, 3)), y = tf.ones((4, 1));

    static void Says<T>(Action act, params string[] words) where T : Exception
    {
        var message = Assert.ThrowsAny<T>(act).Message;
        Assert.All(words, w => Assert.Contains(w, message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrong_input_width_names_the_input_and_both_shapes() =>
        Says<ShapeException>(() => Compiled().fit(tf.ones((4, 2)), y, verbose: 0), "(-1, 3)", "(4, 2)");

    [Fact]
    public void A_layer_names_the_width_it_was_built_for()
    {
        var dense = layers.Dense(2, name: "middle");
        dense.Apply(x);
        Says<ShapeException>(() => dense.Apply(tf.ones((4, 5))), "'middle'", "3 features", "(4, 5)");
    }

    [Fact]
    public void A_label_out_of_range_is_named() =>
        Says<ShapeException>(() => Compiled("sparse_categorical_crossentropy", 3).fit(x, new[] { 0, 1, 2, 7 }, verbose: 0), "0 to 2", "7");

    [Fact]
    public void One_hot_targets_for_a_sparse_loss_point_to_the_other_loss() =>
        Says<ShapeException>(() => Compiled("categorical_crossentropy", 3).fit(x, new[] { 0, 1, 2, 1 }, verbose: 0),
            "sparse_categorical_crossentropy");

    [Theory]
    [InlineData("adm", "adam")]
    [InlineData("RMSprp", "rmsprop")]
    public void An_unknown_optimizer_gets_the_nearest_name(string wrong, string right) =>
        Says<ArgumentException>(() => _ = (Optimizer)wrong, $"'{wrong.ToLowerInvariant()}'", $"'{right}'");

    [Fact]
    public void Unknown_names_of_every_kind_get_the_nearest_name()
    {
        Says<ArgumentException>(() => _ = (Loss)"mean_square_error", "'mean_squared_error'");
        Says<ArgumentException>(() => _ = (Metric)"acuracy", "'accuracy'");
        Says<ArgumentException>(() => _ = (ActivationFunction)"rellu", "'relu'");
        Says<ArgumentException>(() => _ = (Initializer)"he_norml", "'he_normal'");
        Says<ArgumentException>(() => _ = (Regularizer)"l3", "Did you mean");
        Says<ArgumentException>(() => _ = (Constraint)"non_negg", "'non_neg'");
        Says<ArgumentException>(() => keras.losses.MeanSquaredError(reduction: "sum_over_batch"), "sum_over_batch_size");
        Says<ArgumentException>(() => Compiled().get_layer("haed"), "Did you mean");
    }

    [Fact]
    public void No_samples_are_refused() =>
        Says<ArgumentException>(() => Compiled().fit(tf.zeros((0, 3)), tf.zeros((0, 1)), verbose: 0), "at least one sample", "0 samples");

    [Fact]
    public void A_batch_size_of_0_is_refused() =>
        Says<ArgumentException>(() => Compiled().fit(x, y, batch_size: 0, verbose: 0), "at least 1", "0");

    [Fact]
    public void Different_numbers_of_samples_are_refused() =>
        Says<ArgumentException>(() => Compiled().fit(x, tf.ones((3, 1)), verbose: 0), "y", "4", "3");

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.01)]
    [InlineData(-0.5)]
    public void A_split_that_leaves_nothing_is_refused(double split) =>
        Says<ArgumentException>(() => Compiled().fit(tf.ones((4, 3)), y, validation_split: split == 0.01 ? 0.99 : split, verbose: 0),
            "validation_split", "samples");

    [Fact]
    public void A_number_of_an_optimizer_that_makes_no_sense_is_refused()
    {
        Says<ArgumentOutOfRangeException>(() => optimizers.SGD(clipnorm: -1), "clipnorm", "at least 0", "-1");
        Says<ArgumentOutOfRangeException>(() => optimizers.SGD(global_clipnorm: -1), "global_clipnorm", "at least 0", "-1");
        Says<ArgumentOutOfRangeException>(() => optimizers.Adam(clipvalue: -1), "clipvalue", "at least 0", "-1");
        Says<ArgumentOutOfRangeException>(() => optimizers.AdamW(weight_decay: -1), "weight_decay", "at least 0", "-1");
        Says<ArgumentOutOfRangeException>(() => optimizers.SGD(use_ema: true, ema_momentum: 3), "ema_momentum", "from 0 to 1", "3");
    }

    [Fact]
    public void A_variable_of_several_numbers_where_one_is_meant_is_refused_with_its_place_and_name()
    {
        var wide = tf.Variable(new[] { 0.1f, 0.2f }, name: "wide");
        foreach (var (place, make) in new (string, Action)[]
        {
            ("delta", () => losses.Huber(delta: wide)),
            ("label_smoothing", () => losses.BinaryCrossentropy(label_smoothing: wide)),
            ("gamma", () => losses.BinaryFocalCrossentropy(gamma: wide)),
            ("l2", () => regularizers.l2(wide)),
            ("rate", () => layers.Dropout(wide)),
            ("learning_rate", () => optimizers.SGD(wide)),
            ("clipnorm", () => optimizers.SGD(clipnorm: wide)),
            ("momentum", () => layers.BatchNormalization(momentum: wide)),
        }) Says<ShapeException>(make, place + ": expected one number", "'wide'", "(2,)");
    }

    [Fact]
    public void A_slope_for_each_feature_is_one_variable() =>
        Assert.Equal([-1, -2, -3], layers.LeakyReLU(tf.Variable(new float[] { 1, 2, 3 })).Apply(-tf.ones((1, 3))).ToArray<float>());

    [Fact]
    public void Training_before_compile_says_so()
    {
        var model = keras.Sequential([keras.Input(3), layers.Dense(1)]);
        Says<ModelException>(() => model.fit(x, y, verbose: 0), "compile");
        Says<ModelException>(() => model.evaluate(x, y), "compile");
        Says<ModelException>(() => model.train_on_batch(x, y), "compile");
    }

    [Fact]
    public void Class_and_sample_weights_together_are_refused() =>
        Says<ArgumentException>(
            () => Compiled().fit(x, y, verbose: 0, class_weight: new Dictionary<int, double> { [1] = 2 }, sample_weight: tf.ones(4)),
                "both");

    [Fact]
    public void Targets_are_missed_when_there_is_a_loss() => Says<ModelException>(() => Compiled().fit(x, verbose: 0), "targets");

    [Fact]
    public void An_output_without_its_input_is_a_gap_in_the_graph()
    {
        var (a, b) = (keras.Input(2, name: "a"), keras.Input(2, name: "b"));
        Says<ModelException>(() => keras.Model(a, layers.Add().Apply([a, b])), "'a'", "'b'");
    }

    [Fact]
    public void Data_by_an_unknown_name_get_the_nearest_name()
    {
        var model = keras.Model(keras.Input(3, name: "pixels") is var i ? i : i, layers.Dense(1).Apply(i));
        model.compile("sgd", "mse");
        Says<ArgumentException>(() => model.fit(new Dictionary<string, Tensor> { ["pixel"] = x }, y, verbose: 0), "pixels", "pixel");
    }

    [Fact]
    public void A_loss_for_an_output_that_does_not_exist_is_refused()
    {
        var model = keras.Model(keras.Input(3) is var i ? i : i, layers.Dense(1, name: "price").Apply(i));
        model.compile("sgd", new Dictionary<string, Loss> { ["prize"] = "mse" });
        Says<ArgumentException>(() => model.fit(x, y, verbose: 0), "'prize'", "'price'");
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused_where_they_are_given()
    {
        Says<ArgumentOutOfRangeException>(() => keras.regularizers.l2(-0.1), "l2", "at least 0", "-0.1");
        Says<ArgumentOutOfRangeException>(() => layers.Dropout(1.5), "rate", "from 0 to 1", "1.5");
        Says<ArgumentOutOfRangeException>(() => keras.optimizers.Adam(beta_1: 1.0), "beta_1", "below 1");
        Says<ArgumentOutOfRangeException>(() => keras.optimizers.SGD(-1.0), "learning_rate");
        Says<ArgumentOutOfRangeException>(() => keras.regularizers.l2(tf.Variable(-0.1)), "l2");
        Says<ArgumentOutOfRangeException>(() => layers.Dense(0), "unit");
    }

    [Fact]
    public void Two_kinds_of_clipping_are_refused()
    {
        var v = tf.Variable(1.0);
        Says<ModelException>(() => keras.optimizers.SGD(0.1, clipnorm: 1, clipvalue: 1).apply_gradients([(tf.constant(1.0), v)]),
            "at most one");
    }

    [Fact]
    public void No_gradient_at_all_is_an_error_and_one_missing_is_a_warning()
    {
        var (a, b) = (tf.Variable(1.0, name: "moved"), tf.Variable(1.0, name: "left_alone"));
        Says<ModelException>(() => keras.optimizers.SGD(0.1).apply_gradients([(null, a)]), "No gradients", "'moved'");
        var said = ErrorStream.Anew(() => keras.optimizers.SGD(0.1).apply_gradients([(tf.constant(1.0), a), (null, b)]));
        Assert.Contains("'left_alone'", said, StringComparison.Ordinal);
        Assert.Equal(1.0, (double)b);
    }

    internal static string Spoken(Action act) => ErrorStream.Anew(act);
}
