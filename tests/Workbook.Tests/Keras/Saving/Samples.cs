using System.IO.Compression;
using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Tests.Keras.Saving;

/// <summary>Files that Keras wrote, unpacked, with what they must give. Data/make_keras_files.py made them.</summary>
public sealed class Samples : IDisposable
{
    public Samples() => ZipFile.ExtractToDirectory(Repository.File("tests/Workbook.Tests/Keras/Saving/Data/keras-files.zip"), Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString());

    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>The names in the archive, of one folder and ending.</summary>
    public static IEnumerable<string> Names(string folder, params string[] endings)
    {
        using var zip = ZipFile.OpenRead(Repository.File("tests/Workbook.Tests/Keras/Saving/Data/keras-files.zip"));
        return [.. zip.Entries.Select(e => e.FullName).Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal)
            && endings.Any(n.EndsWith)).Order(StringComparer.Ordinal)];
    }

    /// <summary>What is known of a file: v3/nested.keras has v3/nested.json.</summary>
    internal JsonObject About(string name) => Json(name[..name.IndexOf('.')] + ".json");

    internal JsonObject Json(string name) => (JsonObject)Workbook.Keras.Json.Parse(File.ReadAllText(At(name)), name)!;

    internal static Tensor[] Arrays(object? json) => [.. ((List<object?>)json!).Select(a => Array((JsonObject)a!))];

    internal static Tensor Array(JsonObject json)
    {
        var numbers = ((List<object?>)json["data"]!).Select(n => n is long l ? l : (double)n!).ToArray();
        var shape = new Shape([.. ((List<object?>)json["shape"]!).Select(d => (int)(long)d!)]);
        return tf.cast(Tensor.FromSpan<double>(numbers, shape), json["dtype"] switch
        {
            "float64" => DType.Float64,
            "int32" => DType.Int32,
            "int64" => DType.Int64,
            _ => DType.Float32,
        });
    }

    internal static double Difference(Tensor[] found, Tensor[] expected) => found.Zip(expected, (a, b) => a.shape == b.shape
        ? a.ToArray<double>().Zip(b.ToArray<double>(), (x, y) => x.Equals(y) ? 0 : Math.Abs(x - y)).Max() : double.PositiveInfinity).Max();

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary>The layer of the samples: sign(x) · |x|ᵉ, the exponent being one learned number.</summary>
public sealed class LearnedPower(double initial = 1.0, string? name = null) : Layer(name)
{
    Variable? exponent;

    public override void build(Shape input_shape) => exponent = add_weight(initializer: new Constant(initial), name: "exponent");

    public override Tensor call(Tensor inputs, bool training) => tf.sign(inputs) * tf.pow(tf.abs(inputs), exponent!);
}

/// <summary>The class and the function of the samples, as custom_objects.</summary>
static class Customs
{
    static readonly ActivationFunction squash = (Func<Tensor, Tensor>)(x => x / (1.0 + tf.abs(x)));

    public static Dictionary<string, object> All { get; } = new()
    {
        ["Workbook>LearnedPower"] = typeof(LearnedPower),
        ["Workbook>squash"] = squash,
    };
}
