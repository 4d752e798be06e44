using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Showing;

/// <summary>What <c>model.summary()</c> prints, beside what Keras 3.15 prints of the same models; Golden/make_summaries.py made the
/// texts.</summary>
public class SummaryTests
{
    static readonly Dictionary<string, string> texts = JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/keras-summaries.json")))!;

    public static TheoryData<string> Names => [.. texts.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_summary_is_that_of_Keras_letter_by_letter(string name)
    {
        keras.backend.clear_session();
        var at = name.LastIndexOf(", ", StringComparison.Ordinal);
        Assert.Equal(texts[name], Text(name[..at], int.Parse(name[(at + 2)..], System.Globalization.CultureInfo.InvariantCulture)));
    }

    static string Text(string name, int window) => name switch
    {
        "sequential" => new ModelSummary(Layered(), window).ToString(),
        "frozen" => new ModelSummary(Frozen(), window) { ShowsTrainable = true }.ToString(),
        "fitted" => new ModelSummary(Fitted(), window).ToString(),
        "compiled" => new ModelSummary(Compiled(), window).ToString(),
        "unbuilt" => new ModelSummary(Sequential([layers.Dense(3), layers.Activation("relu")], name: "later"), window).ToString(),
        "unbuilt, many" => new ModelSummary(Many(), window).ToString(),
        "chain" => new ModelSummary(Chain(), window).ToString(),
        "branches" => new ModelSummary(Branches(), window).ToString(),
        "branches, trainable" => new ModelSummary(Branches(), window) { ShowsTrainable = true }.ToString(),
        "shared" => new ModelSummary(Shared(), window).ToString(),
        "nested" => new ModelSummary(Nested(), window).ToString(),
        "nested, expanded" => new ModelSummary(Nested(), window) { IsExpanded = true }.ToString(),
        "nested, expanded, trainable" => new ModelSummary(Nested(), window) { IsExpanded = true, ShowsTrainable = true }.ToString(),
        "operators" => new ModelSummary(Operators(), window).ToString(),
        "text" => new ModelSummary(Sequential([Input(-1, dtype: tf.int32), layers.Embedding(1000, 16, mask_zero: true),
            layers.Bidirectional(layers.LSTM(8)), layers.Dense(1)]), window).ToString(),
        "states" => new ModelSummary(States(), window).ToString(),
        "both ends" => new ModelSummary(BothEnds(), window).ToString(),
        "two outputs" => new ModelSummary(TwoOutputs(), window).ToString(),
        "images" => new ModelSummary(Sequential([Input((28, 28, 1)), layers.Conv2D(32, 3, activation: "relu"), layers.MaxPooling2D(),
            layers.Flatten(), layers.Dense(1000), layers.Dense(10)]), window).ToString(),
        "long names" => new ModelSummary(Sequential([Input(3),
            layers.Dense(2, name: "a_layer_with_a_name_that_is_longer_than_its_column_of_the_table"),
            layers.Dense(2, name: "one two three four five six seven eight nine ten eleven")],
            "a model with a name that is quite long, so that it does not fit into a window of eighty columns"), window).ToString(),
        "range" => new ModelSummary(Layered(), window) { Range = ["dense", "drop.*"] }.ToString(),
        "range backwards" => new ModelSummary(Layered(), window) { Range = ["batch", "dense$"] }.ToString(),
        "width" => new ModelSummary(Layered(), window) { Length = 120 }.ToString(),
        "narrow" => new ModelSummary(Layered(), window) { Length = 40 }.ToString(),
        "positions" => new ModelSummary(Branches(), window) { Length = 90, Positions = [0.2, 0.5, 0.6, 1] }.ToString(),
        "own, unbuilt" => new ModelSummary(new Own(), window).ToString(),
        "own" => new ModelSummary(Called(new Own()), window).ToString(),
        _ => throw new ArgumentException($"Expected a model of make_summaries.py. Received: {name}. Write it here too."),
    };

    [Fact]
    public void A_summary_is_printed_once_and_whole_and_a_model_that_ends_a_cell_shows_it()
    {
        keras.backend.clear_session();
        var (model, parts) = (Layered(), new List<string>());
        model.summary(print_fn: parts.Add, line_length: 76);
        Assert.Equal(texts["sequential, 80"], Assert.Single(parts));
        Assert.StartsWith("Model: \"sequential\"\n┏━", model.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Non-trainable params: 128 (512.00 B)", model.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_that_is_a_weight_of_no_layer_has_a_row_and_counts()
    {
        var (strength, power) = (tf.Variable(0.1, name: "strength"), tf.Variable(tf.constant(new[] { 1.0f, 2 }), name: "power"));
        var x = Input(2);
        var text = new ModelSummary(Model(x, tf.pow(layers.Dense(2, kernel_regularizer: regularizers.l2(strength)).Apply(x), power)), 120)
            .ToString();
        Assert.Matches(@"│ strength \(Variable\) +│ \(\) +│ +1 │", text);
        Assert.Matches(@"│ power \(Variable\) +│ \(2\) +│ +2 │", text);
        Assert.Matches(@"│ dense(_\d+)? \(Dense\) +│ \(None, 2\) +│ +6 │", text);
        Assert.Contains(" Trainable params: 9 (36.00 B)", text);
    }

    [Fact]
    public void A_summary_refuses_columns_and_ranges_that_cannot_be()
    {
        var model = Layered();
        Assert.Contains("at least 4 characters", Assert.Throws<ArgumentException>(() => model.summary(line_length: 12)).Message);
        Assert.Contains("3 columns", Assert.Throws<ArgumentException>(() => model.summary(positions: [0.5, 1])).Message);
        Assert.Contains("Received: nobody, dense", Assert.Throws<ArgumentException>(() => model.summary(layer_range: ["nobody", "dense"]))
            .Message);
        Assert.Contains("two names", Assert.Throws<ArgumentException>(() => model.summary(layer_range: ["dense"])).Message);
    }

    static Sequential Layered() => Sequential([Input(64), layers.Dense(64, activation: "relu"), layers.Dropout(0.2),
        layers.BatchNormalization(), layers.Dense(10, activation: "softmax")]);

    static Sequential Frozen()
    {
        var model = Layered();
        model.layers[0].trainable = false;
        return model;
    }

    static Sequential Fitted()
    {
        var model = Layered();
        model.compile("adam", "sparse_categorical_crossentropy");
        model.fit(tf.zeros((8, 64)), tf.zeros(8), verbose: 0);
        return model;
    }

    static Sequential Compiled()
    {
        var model = Layered();
        model.compile(optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)), "sparse_categorical_crossentropy");
        return model;
    }

    static Sequential Many() => Sequential([layers.Conv2D(3, 2), layers.MaxPooling2D(), layers.Dropout(0.1), layers.Flatten(),
        layers.ReLU(), layers.GaussianNoise(0.1), layers.SpatialDropout1D(0.1), layers.UnitNormalization(), layers.Masking(),
        layers.Reshape((2, 2)), layers.GlobalMaxPooling1D(), layers.LSTM(2), layers.Rescaling(2.0), layers.Lambda(x => x)]);

    static Model Chain()
    {
        var x = Input(8);
        var (last, norm) = (layers.Dense(1, name: "out"), layers.LayerNormalization());
        return Model(x, last.Apply(norm.Apply(layers.Dense(1200, activation: "relu").Apply(x))));
    }

    static Model Branches()
    {
        KerasTensor p = Input(3, name: "p"), q = Input(2, name: "q");
        var (u, v) = (layers.Dense(4, name: "from_p").Apply(p), layers.Dense(4, name: "from_q").Apply(q));
        var h = layers.Concatenate().Apply([layers.Add().Apply([v, u]), layers.Multiply().Apply([u, v]), p]);
        return Model([p, q], [layers.Dense(2, name: "value").Apply(h), layers.Dense(3, activation: "softmax", name: "kind").Apply(h)]);
    }

    static Model Shared()
    {
        var x = Input(3);
        var d = layers.Dense(3, activation: "relu");
        return Model(x, layers.Subtract().Apply([d.Apply(d.Apply(x)), d.Apply(x)]));
    }

    static Model Nested()
    {
        var x = Input(3, name: "x");
        var encoder = Sequential([Input(3), layers.Dense(4, activation: "tanh"), layers.Dense(2)], name: "encoder");
        var code = Input(2, name: "code");
        var decoder = Model(code, layers.Dense(3).Apply(layers.PReLU().Apply(layers.Dense(4).Apply(code))), name: "decoder");
        var z = encoder.Apply(x);
        return Model([x], [layers.Add().Apply([decoder.Apply(z), x]), z], name: "whole");
    }

    static Model Operators()
    {
        var x = Input(3);
        var y = layers.Dense(3).Apply(x) * 2.0 + x;
        y = tf.tanh(y) - tf.reduce_mean(y, axis: -1, keepdims: true);
        return Model(x, tf.concat([tf.square(y), tf.exp(-y)], -1));
    }

    static Model States()
    {
        var x = Input((7, 2));
        return Model(x, layers.Concatenate().Apply(layers.LSTM(4, return_state: true).ApplyMany(x)));
    }

    static Model BothEnds()
    {
        var x = Input((7, 2));
        var y = layers.Bidirectional(layers.GRU(4), merge_mode: null).ApplyMany(x);
        var z = layers.Bidirectional(layers.GRU(3, return_state: true)).ApplyMany(x);
        return Model(x, layers.Concatenate().Apply([.. y, .. z]));
    }

    static Model TwoOutputs()
    {
        var x = Input(3);
        var two = Model(x, [layers.Dense(2).Apply(x), layers.Dense(3).Apply(x)], name: "two");
        x = Input(3);
        return Model(x, layers.Concatenate().Apply(two.ApplyMany(x)), name: "outer");
    }

    static Own Called(Own model)
    {
        model.Apply(tf.zeros((5, 3)));
        return model;
    }

    sealed class Own() : Model("own")
    {
        readonly Dense a = layers.Dense(4), b = layers.Dense(2);

        public override Tensor call(Tensor inputs, bool training) => b.Apply(a.Apply(inputs));
    }
}
