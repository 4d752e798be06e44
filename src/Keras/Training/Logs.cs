using System.Collections;

namespace Workbook.Keras;

/// <summary>What a step of one's own gives back: numbers by name. <c>return new() { ["loss"] = tracker.result() };</c></summary>
/// <remarks>Converts from and to a dictionary of numbers, and from one of tensors: <c>this.metrics.ToDictionary(m =&gt; m.name, m =&gt;
/// m.result())</c>.</remarks>
public sealed class Logs : IEnumerable<KeyValuePair<string, double>>
{
    readonly Dictionary<string, double> values;

    /// <summary>No numbers yet.</summary>
    public Logs() : this([])
    {
    }

    Logs(Dictionary<string, double> values) => this.values = values;

    /// <summary>A number by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public LogValue this[string name]
    {
        get => values[name];
        set => values[name] = value;
    }

    /// <summary>Whether there is a number of that name.</summary>
    public bool ContainsKey(string name) => values.ContainsKey(name);

    /// <summary>The same numbers, not a copy.</summary>
    public static implicit operator Dictionary<string, double>(Logs logs) => logs.values;

    /// <summary>The same numbers, not a copy.</summary>
    public static implicit operator Logs(Dictionary<string, double> values) => new(values);

    /// <summary>The numbers in tensors.</summary>
    public static implicit operator Logs(Dictionary<string, Tensor> values) =>
        new(values.ToDictionary(v => v.Key, v => (double)(LogValue)v.Value));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
