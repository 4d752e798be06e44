using System.Text.Json;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.TensorFlow;

/// <summary>Runs a snippet's C# and compares what it returns with what TensorFlow's variable <c>result</c> held.</summary>
static class SnippetRunner
{
    /// <summary>
    /// The file has the shortest decimals of float32 numbers that come from a few operations: some units in the last place.
    /// </summary>
    static readonly Tolerance Single = new(5e-7, 0);

    static readonly Tolerance Double = new(1e-14, 0);

    public static void Run(ReferenceSnippet snippet, Dictionary<string, Func<object?>> code)
    {
        if (!code.TryGetValue(snippet.Id, out var run))
            throw new NotSupportedException($"No C# for snippet '{snippet.Id}': {snippet.Python}");
        if (snippet.Error is not null) CaseRunner.Raises(run);
        else Check("result", snippet.Result, run());
    }

    static void Check(string what, JsonElement expected, object? received)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.True(received is null, $"{what}: expected null. Received: {received}.");
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), received);
                break;
            case JsonValueKind.Number:
                Assert.Equal(expected.GetInt32(), received);
                break;
            case JsonValueKind.Array:
                var items = Assert.IsAssignableFrom<IReadOnlyList<object?>>(received);
                Assert.Equal(expected.GetArrayLength(), items.Count);
                for (var i = 0; i < items.Count; i++) Check($"{what}[{i}]", expected[i], items[i]);
                break;
            case JsonValueKind.Object when received is IReadOnlyDictionary<string, object?> named:
                Assert.Equal(expected.EnumerateObject().Select(p => p.Name), named.Keys);
                foreach (var p in expected.EnumerateObject()) Check($"{what}.{p.Name}", p.Value, named[p.Name]);
                break;
            case JsonValueKind.Object:
                var tensor = Assert.IsAssignableFrom<Operand>(received).value();
                (tensor.dtype == DType.Float64 ? Double : Single).Check(what, ReferenceFile.Tensor(expected), tensor);
                break;
            default:
                throw new NotSupportedException($"{what}: {expected.GetRawText()} is not compared yet.");
        }
    }
}
