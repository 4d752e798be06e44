using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Saving;

/// <summary>Files that Keras 3.15.1 and tf.keras 2.15.0 wrote. Expected numbers are those of Keras, in float32, so 1e-5 is
/// allowed.</summary>
public sealed class KerasFileTests(Samples samples) : IClassFixture<Samples>
{
    const double Tolerance = 1e-5;

    public static TheoryData<string> Whole => [.. Samples.Names("v3", ".keras", "e.h5", "s.h5", "m.h5")
        .Where(n => !n.EndsWith(".weights.h5"))
        .Concat(Samples.Names("legacy", ".keras", "es.h5", "ed.h5", "se.h5", "am.h5").Where(n => !n.EndsWith(".weights-only.h5")))];

    public static TheoryData<string> Weights => [.. Samples.Names("v3", ".weights.h5")];

    public static TheoryData<string> Windows => [.. Samples.Names("layers", ".keras")];

    public static TheoryData<string> Layouts => [.. Samples.Names("layouts", ".keras").Where(n => !n.Contains("adam"))];

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_model_of_Keras_predicts_what_it_did_there_and_trains_on(string name)
    {
        Assert.SkipUnless(!name.Contains("shared_layer") || Has("Dot"), "Dot is not here.");
        var about = samples.About(name);
        var model = models.load_model(samples.At(name), Customs.All);
        var inputs = Samples.Arrays(about["inputs"]);
        Assert.InRange(Samples.Difference(model.ApplyMany(inputs, false), Samples.Arrays(about["outputs"])), 0, Tolerance);
        if (about["training"] is not JsonObject training) return;
        var losses = (List<object?>)training["next_losses"]!;
        foreach (var (batch, loss) in ((List<object?>)training["next_batches"]!).Zip(losses))
        {
            var (x, y) = (Samples.Array((JsonObject)((JsonObject)batch!)["x"]!), Samples.Array((JsonObject)((JsonObject)batch)["y"]!));
            Assert.Equal((double)loss!, model.train_on_batch(x, y)["loss"], Tolerance);
        }
        // tf.keras 2 keeps another moving variance, n / (n − 1) times ours; Keras 3 loads its files and goes on as we do.
        if (name.StartsWith("legacy")) return;
        var after = model.ApplyMany(inputs, false);
        Assert.InRange(Samples.Difference(after, Samples.Arrays(training["outputs_after"])), 0, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_model_that_is_saved_again_is_the_same(string name)
    {
        Assert.SkipUnless(!name.Contains("shared_layer") || Has("Dot"), "Dot is not here.");
        var model = models.load_model(samples.At(name), Customs.All);
        var path = samples.At($"again-{Guid.NewGuid()}.keras");
        Register();
        model.save(path);
        var again = models.load_model(path);
        Assert.Equal(model.variables.Count, again.variables.Count);
        foreach (var (a, b) in model.variables.Zip(again.variables)) Assert.Equal(a.value().ToArray<double>(), b.value().ToArray<double>());
        var inputs = Samples.Arrays(samples.About(name)["inputs"]);
        Assert.Equal(0, Samples.Difference(again.ApplyMany(inputs, false), model.ApplyMany(inputs, false)));
        Assert.Equal(model.optimizer?.iterations, again.optimizer?.iterations);
        foreach (var (a, b) in (model.optimizer?.variables ?? []).Zip(again.optimizer?.variables ?? []))
            Assert.Equal(a.value().ToArray<double>(), b.value().ToArray<double>());
    }

    [Theory]
    [MemberData(nameof(Weights))]
    public void Weights_alone_go_into_a_model_of_the_same_layers(string name)
    {
        Assert.SkipUnless(!name.Contains("shared_layer") || Has("Dot"), "Dot is not here.");
        var whole = name.Replace(".weights.h5", ".keras");
        var (model, other) = (models.load_model(samples.At(whole), Customs.All), models.load_model(samples.At(whole), Customs.All));
        other.set_weights(other.get_weights().Select(w => tf.zeros_like(w)));
        other.load_weights(samples.At(name));
        foreach (var (a, b) in model.variables.Zip(other.variables)) Assert.Equal(a.value().ToArray<double>(), b.value().ToArray<double>());
        var path = samples.At($"again-{Guid.NewGuid()}.weights.h5");
        model.save_weights(path);
        other.set_weights(other.get_weights().Select(w => tf.zeros_like(w)));
        other.load_weights(path);
        foreach (var (a, b) in model.variables.Zip(other.variables)) Assert.Equal(a.value().ToArray<double>(), b.value().ToArray<double>());
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void The_same_weights_are_read_from_every_encoding(string name)
    {
        var about = samples.About("v3/sequential_dense.keras");
        var model = models.load_model(samples.At(name));
        var tolerance = name.Contains("float16") ? 1e-3 : Tolerance;
        Assert.InRange(Samples.Difference(model.ApplyMany(Samples.Arrays(about["inputs"]), false), Samples.Arrays(about["outputs"])), 0,
            tolerance);
    }

    [Theory]
    [InlineData("layouts/adam_latest.keras")]
    [InlineData("layouts/adam_latest_link_order.keras")]
    public void More_links_than_a_header_holds_are_read(string name)
    {
        var (model, plain) = (models.load_model(samples.At(name)), models.load_model(samples.At("v3/trained_adam.keras")));
        Assert.Equal(3, model.optimizer!.iterations);
        foreach (var (a, b) in plain.optimizer!.variables.Zip(model.optimizer.variables))
            Assert.Equal(a.value().ToArray<double>(), b.value().ToArray<double>());
    }

    [Theory]
    [InlineData("sequential")]
    [InlineData("functional")]
    [InlineData("sequential_adam")]
    public void The_least_that_Keras_reads_is_read(string name)
    {
        var about = samples.Json("minimal.json");
        var model = models.load_model(samples.At($"minimal/{name}.keras"));
        Assert.InRange(Samples.Difference(model.ApplyMany(Samples.Arrays(about["inputs"]), false), Samples.Arrays(about["outputs"])), 0,
            Tolerance);
    }

    [Fact]
    public void Layers_are_ordered_as_Keras_sorts_them_and_not_as_the_file_lists_them()
    {
        // The output is b − a, so Keras visits b first: layers/dense is b although the file lists a first.
        var model = models.load_model(samples.At("minimal/functional_order.keras"));
        Assert.Equal(["b", "a", "s"], LayerPaths.Of(model).Skip(1).Select(l => l.Layer.name));
        var trial = (JsonObject)((JsonObject)samples.Json("minimal.json")["trials"]!)["functional_order"]!;
        Assert.InRange(Samples.Difference(model.ApplyMany(Samples.Arrays(samples.Json("minimal.json")["inputs"]), false),
            Samples.Arrays(trial["outputs"] is JsonObject one ? new List<object?> { one } : trial["outputs"])), 0, Tolerance);
    }

    [Fact]
    public void Weights_of_the_older_layout_are_read()
    {
        var model = models.load_model(samples.At("legacy/sequential_dense.keras"));
        var expected = model.get_weights();
        model.set_weights(expected.Select(w => tf.zeros_like(w)));
        model.load_weights(samples.At("legacy/sequential_dense.weights-only.h5"));
        foreach (var (a, b) in expected.Zip(model.get_weights())) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
        model.set_weights(expected.Select(w => tf.zeros_like(w)));
        model.load_weights(samples.At("legacy/sequential_dense.weights.h5"));
        foreach (var (a, b) in expected.Zip(model.get_weights())) Assert.Equal(a.ToArray<float>(), b.ToArray<float>());
    }

    [Fact]
    public void Loading_draws_no_random_numbers_of_the_program()
    {
        tf.random.set_seed(3);
        var expected = tf.random.normal(4).ToArray<float>();
        tf.random.set_seed(3);
        models.load_model(samples.At("v3/nested.keras"));
        Assert.Equal(expected, tf.random.normal(4).ToArray<float>());
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public void A_model_of_windows_and_steps_predicts_what_it_did_in_Keras(string name)
    {
        var missing = ClassesOf(Json.Parse(KerasArchive.Read(samples.At(name)).Config, name)).FirstOrDefault(c => !Has(c));
        Assert.SkipWhen(missing is not null, $"{missing} is not here.");
        var about = samples.About(name);
        var (inputs, expected) = (Samples.Arrays(about["inputs"]), Samples.Arrays(about["outputs"]));
        var model = models.load_model(samples.At(name));
        Assert.InRange(Samples.Difference(model.ApplyMany(inputs, false), expected), 0, Tolerance);
        model.set_weights(model.get_weights().Select(w => tf.zeros_like(w)));
        if (model.variables.Count > 0) model.load_weights(samples.At(name.Replace(".keras", ".weights.h5")));
        Assert.InRange(Samples.Difference(model.ApplyMany(inputs, false), expected), 0, Tolerance);
        var again = samples.At($"again-{Guid.NewGuid()}.keras");
        model.save(again);
        Assert.Equal(0, Samples.Difference(models.load_model(again).ApplyMany(inputs, false), model.ApplyMany(inputs, false)));
    }

    [Fact]
    public void A_model_of_many_layers_is_no_suspicion()
    {
        var model = keras.Sequential([keras.Input(2), .. Enumerable.Range(0, 400).Select(_ => layers.Dense(2))]);
        var path = samples.At("many.weights.h5");
        model.save_weights(path);
        var before = model.get_weights().SelectMany(w => w.ToArray<float>()).ToArray();
        model.set_weights(model.get_weights().Select(w => tf.zeros_like(w)));
        model.load_weights(path);
        Assert.Equal(before, model.get_weights().SelectMany(w => w.ToArray<float>()));
    }

    [Fact]
    public void A_text_may_have_any_length()
    {
        var model = models.load_model(samples.At("layers/textvar.keras"));
        Assert.Equal([-1, -1], model.inputs[0].shape);
        foreach (var length in new[] { 1, 5, 30 }) Assert.Equal([2, 1], model.Apply(tf.ones((2, length), DType.Int32)).shape);
        var open = keras.Input((-1, 3));
        Assert.Contains("any length", Assert.Throws<ModelException>(
            () => keras.Model(open, layers.Dense(2).Apply(layers.Flatten().Apply(open)))).Message);
    }

    /// <summary>The classes of all layers in a config.</summary>
    static IEnumerable<string> ClassesOf(object? json) => json switch
    {
        JsonObject o => (o["module"] is "keras.layers" && o["class_name"] is string name && name != "InputLayer" ? [name]
            : Array.Empty<string>())
            .Concat(o.SelectMany(i => ClassesOf(i.Value))),
        List<object?> list => list.SelectMany(ClassesOf),
        _ => [],
    };

    static bool Has(string layer) => KerasKind.Layers.Find(layer) is not null;

    static void Register()
    {
        saving.register_keras_serializable<LearnedPower>("Workbook");
        saving.register_keras_serializable((ActivationFunction)Customs.All["Workbook>squash"], "squash", "Workbook");
    }
}
