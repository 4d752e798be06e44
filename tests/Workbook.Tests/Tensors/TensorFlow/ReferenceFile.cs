using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>tf-ops.json: values, gradients and errors of real TensorFlow, made by a script and copied here unchanged.</summary>
sealed record ReferenceFile(ReferenceCase[] Cases, ReferenceSnippet[] Tape, ReferenceSnippet[] Dtype)
{
    static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new Number() },
    };

    /// <summary>The file, read once.</summary>
    public static ReferenceFile Read { get; } = JsonSerializer.Deserialize<ReferenceFile>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Tensors", "TensorFlow", "tf-ops.json")), Options)!;

    /// <summary>A tensor inside a snippet's result.</summary>
    public static ReferenceTensor Tensor(JsonElement json) => json.Deserialize<ReferenceTensor>(Options)!;

    /// <summary>Numbers, truth values, and the names NaN, Infinity and -Infinity.</summary>
    sealed class Number : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.True => 1,
            JsonTokenType.False => 0,
            JsonTokenType.String => double.Parse(reader.GetString()!, CultureInfo.InvariantCulture),
            _ => reader.GetDouble(),
        };

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
