using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workbook.Keras;

/// <summary>What <c>compile(metrics: …)</c> takes: a list for one output, or one list per output in a list or a dictionary.</summary>
[CollectionBuilder(typeof(MetricsPerOutput), nameof(Create))]
public sealed class MetricsPerOutput : IEnumerable<MetricsOfOutput?>
{
    readonly Metric[] flat;
    OfOutputs? nested;

    MetricsPerOutput(Metric[] flat, OfOutputs? nested = null) => (this.flat, this.nested) = (flat, nested);

    /// <summary>To be named by outputs: <c>new() { ["a"] = ["mae"], ["b"] = ["accuracy"] }</c>.</summary>
    public MetricsPerOutput() : this([])
    {
    }

    /// <summary>The metrics of an output.</summary>
    /// <param name="output">The name of the output.</param>
    public Metric[] this[string output]
    {
        init => nested = new([.. nested ?? Enumerable.Empty<Metric[]?>(), value], [.. nested?.Names ?? [], output]);
    }

    /// <summary>Makes it from a collection expression: metrics, or a list for each output.</summary>
    public static MetricsPerOutput Create(ReadOnlySpan<MetricsOfOutput?> metrics)
    {
        var all = metrics.ToArray();
        return Array.Exists(all, m => m is { IsList: true }) ? new([], new OfOutputs(all.Select(m => m?.All)))
            : Of([.. all.Where(m => m is not null).SelectMany(m => m!)]);
    }

    /// <summary>A flat list.</summary>
    internal static MetricsPerOutput Of(Metric[] metrics) => new(metrics);

    /// <summary>All metrics, in the order in which they were given.</summary>
    internal IEnumerable<Metric> All => nested?.SelectMany(m => m ?? []) ?? flat;

    /// <summary>Metrics in the order of outputs.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator MetricsPerOutput?(Metric[][]? metrics) => metrics is null ? null : new([], new OfOutputs(metrics));

    /// <summary>Metrics by the names of outputs.</summary>
    [return: NotNullIfNotNull(nameof(metrics))]
    public static implicit operator MetricsPerOutput?(Dictionary<string, Metric[]>? metrics) =>
        metrics is null ? null : new([], new OfOutputs(metrics.Values, metrics.Keys));

    /// <summary>The lists of the outputs; null: one flat list.</summary>
    internal OfOutputs? Lists => nested;

    /// <inheritdoc/>
    public IEnumerator<MetricsOfOutput?> GetEnumerator() => flat.Select(m => (MetricsOfOutput?)m).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The metrics of each output. A flat list is that of a single output, or has one metric per output.</summary>
    internal Metric[][] For(IReadOnlyList<string> outputs, string what)
    {
        if (nested is not null) return [.. nested.For(outputs, what).Select(m => m ?? [])];
        if (outputs.Count == 1) return [flat];
        return flat.Length == outputs.Count ? [.. flat.Select(m => new[] { m })]
            : throw new ArgumentException($"{what}: expected a list of metrics for each of the {outputs.Count} outputs "
                + $"({string.Join(", ", outputs)}). Received: {flat.Length} metrics. Use a dictionary by the names of outputs.");
    }

    internal sealed class OfOutputs(IEnumerable<Metric[]?> items, IEnumerable<string>? names = null) : PerOutput<Metric[]>(items, names);
}
