using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Saving;

/// <summary>What a class takes is found by its names alone; a new class needs no entry anywhere.</summary>
public sealed class ConfigTests(Samples samples) : IClassFixture<Samples>
{
    public static TheoryData<string> Classes => [.. KerasKind.All.SelectMany(k => k.Classes.Select(c => $"{k.Module}.{c.Name}"))];

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_class_keeps_what_its_constructor_takes(string name)
    {
        var type = TypeOf(name);
        var arguments = Arguments.Of(type);
        Assert.Empty(arguments.Parameters.Where(p => !arguments.Keeps(p.Name!))
            .Select(p => $"{type.Name} keeps its '{p.Name}' in no field or property of that name, nor in one marked [Argument(\"{p.Name}\")]."));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void The_defaults_of_Keras_are_read_and_written_as_they_were(string name)
    {
        var kind = KerasKind.All.First(k => k.Module == name[..name.LastIndexOf('.')]);
        var key = $"{name[..name.LastIndexOf('.')].Split('.')[^1]}.{name[(name.LastIndexOf('.') + 1)..]}";
        // A class that Keras has not, or not by itself, has no defaults there.
        if (samples.Json("defaults.json")[key] is not JsonObject json) return;
        var made = new ConfigReader("defaults", null).Read(json, kind);
        var written = (JsonObject)Json.Parse(Json.Text(ConfigWriter.Write(made)), "a text")!;
        Assert.Equal(json["class_name"], written["class_name"]);
        var (before, after) = ((JsonObject)json["config"]!, (JsonObject)written["config"]!);
        foreach (var (argument, value) in after)
            if (before.Has(argument) && argument is not ("dtype" or "name") && before[argument] is not JsonObject)
                Assert.True(Same(before[argument], value), $"{key}: {argument} was {Json.Text(before[argument])}, is {Json.Text(value)}");
        // And once more: what was written is read.
        Assert.Equal(Json.Text(written), Json.Text(ConfigWriter.Write(new ConfigReader("defaults", null).Read(written, kind))));
    }

    [Fact]
    public void Bare_words_of_Python_are_read_and_written()
    {
        var read = Json.Parse("""{"a": Infinity, "b": -Infinity, "c": NaN, "d": [1, 1.5, -2e3], "e": "\u00f6\"\n", "f": null}""", "a text");
        Assert.Equal("""{"a": Infinity, "b": -Infinity, "c": NaN, "d": [1, 1.5, -2000.0], "e": "\u00f6\"\u000a", "f": null}""",
            Json.Text(read));
    }

    [Theory]
    [InlineData("LeakyReLU", "leaky_re_lu")]
    [InlineData("PReLU", "p_re_lu")]
    [InlineData("BatchNormalization", "batch_normalization")]
    [InlineData("Conv2DTranspose", "conv2d_transpose")]
    [InlineData("LSTM", "lstm")]
    [InlineData("GRUCell", "gru_cell")]
    [InlineData("ELU", "elu")]
    [InlineData("MaxPooling2D", "max_pooling2d")]
    public void Classes_become_names_of_groups_as_Keras_spells_them(string name, string group) =>
        Assert.Equal(group, Spelling.Snake(name));

    [Fact]
    public void The_numbers_of_a_layer_survive()
    {
        var layer = layers.Dense(3, activation: "tanh", use_bias: false, kernel_regularizer: regularizers.l1_l2(0.1, 0.2),
            kernel_initializer: initializers.TruncatedNormal(0.5, 0.25, 7), kernel_constraint: constraints.MaxNorm(3, 0), name: "mine");
        var json = (JsonObject)Json.Parse(Json.Text(ConfigWriter.Write(layer)), "a text")!;
        Assert.Equal(Json.Text(json), Json.Text(ConfigWriter.Write(new ConfigReader("here", null).Read(json, KerasKind.Layers))));
        Assert.Contains("\"stddev\": 0.25", Json.Text(json));
        Assert.Contains("\"seed\": 7", Json.Text(json));
    }

    /// <summary>A number is the same in float32, which Keras keeps some in; one axis is the same as a list of one.</summary>
    static bool Same(object? a, object? b) => (a, b) switch
    {
        (long or double, long or double) => (float)Convert.ToDouble(a, null) == (float)Convert.ToDouble(b, null),
        (List<object?> and [var one], not List<object?>) => Same(one, b),
        _ => Json.Text(a) == Json.Text(b),
    };

    static Type TypeOf(string name) => KerasKind.All.First(k => k.Module == name[..name.LastIndexOf('.')]).Find(name[(name.LastIndexOf('.')
        + 1)..])!;
}
