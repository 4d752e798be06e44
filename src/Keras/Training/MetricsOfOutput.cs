using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workbook.Keras;

/// <summary>One entry of <c>compile(metrics: …)</c>: a metric, or the list of an output, <c>[["mae", "mape"], ["accuracy"]]</c>.</summary>
[CollectionBuilder(typeof(MetricsOfOutput), nameof(Create))]
public sealed class MetricsOfOutput : IEnumerable<Metric>
{
    MetricsOfOutput(Metric[] metrics, bool isList) => (All, IsList) = (metrics, isList);

    internal Metric[] All { get; }

    internal bool IsList { get; }

    /// <summary>Makes it from a collection expression.</summary>
    public static MetricsOfOutput Create(ReadOnlySpan<Metric> metrics) => new(metrics.ToArray(), isList: true);

    /// <summary>A metric by name.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator MetricsOfOutput?(string? name) => (Metric?)name;

    /// <summary>One metric.</summary>
    [return: NotNullIfNotNull(nameof(metric))]
    public static implicit operator MetricsOfOutput?(Metric? metric) => metric is null ? null : new([metric], isList: false);

    /// <inheritdoc/>
    public IEnumerator<Metric> GetEnumerator() => ((IEnumerable<Metric>)All).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
