using System.Text.Json;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// A training run that TensorFlow computed: its data, its first weights, and what became of its variables, each under a name.
/// </summary>
/// <remarks>
/// The files lie in the repository's folder <c>data</c>, and this assembly carries them; the README there names them and the TensorFlow
/// that made them. All numbers are float64.
/// </remarks>
public sealed class ReferenceRun
{
    readonly string name;
    readonly IReadOnlyDictionary<string, Tensor> numbers;

    ReferenceRun(string name, string source, string what, IReadOnlyDictionary<string, Tensor> numbers)
    {
        (this.name, Source, What) = (name, source, what);
        this.numbers = numbers;
    }

    /// <summary>Which TensorFlow computed the run.</summary>
    public string Source { get; }

    /// <summary>The model, its loss and its optimizer, in words.</summary>
    public string What { get; }

    /// <summary>The names of the numbers.</summary>
    public IEnumerable<string> Names => numbers.Keys;

    /// <summary>Numbers of the run: a vector, or a matrix of shape (rows, columns).</summary>
    /// <param name="key">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">The run has no numbers of that name.</exception>
    public Tensor this[string key] =>
        numbers.TryGetValue(key, out var found) ? found : throw Missing($"numbers of the run '{name}'", numbers.Keys, key);

    /// <summary>One run of a file in the folder <c>data</c>.</summary>
    /// <param name="file">The file, such as article-trajectories.json.</param>
    /// <param name="run">The name of the run.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="KeyNotFoundException">The file has no run of that name.</exception>
    public static ReferenceRun Read(string file, string run)
    {
        using var document = JsonDocument.Parse(DataFolder.Read(file));
        var runs = document.RootElement.GetProperty("runs");
        if (!runs.TryGetProperty(run, out var found)) throw Missing($"runs of {file}", runs.EnumerateObject().Select(r => r.Name), run);
        return new(run, document.RootElement.GetProperty("source").GetString()!, found.GetProperty("what").GetString()!,
            found.GetProperty("numbers").EnumerateObject().ToDictionary(p => p.Name, p => Numbers(p.Value)));
    }

    static Tensor Numbers(JsonElement value)
    {
        var rows = value.EnumerateArray().ToArray();
        if (rows[0].ValueKind != JsonValueKind.Array) return Tensor.FromSpan<double>(Array.ConvertAll(rows, r => r.GetDouble()));
        var flat = rows.SelectMany(r => r.EnumerateArray()).Select(e => e.GetDouble()).ToArray();
        return Tensor.FromSpan<double>(flat, (rows.Length, flat.Length / rows.Length));
    }

    static KeyNotFoundException Missing(string what, IEnumerable<string> there, string received) =>
        new($"Expected one of the {what}: {string.Join(", ", there)}. Received: '{received}'.");
}
