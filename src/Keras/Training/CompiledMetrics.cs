namespace Workbook.Keras;

/// <summary>The metrics of all outputs, with the keys they have in the history.</summary>
sealed class CompiledMetrics(MetricsPerOutput? metrics, MetricsPerOutput? weighted)
{
    readonly HashSet<Metric> asked = [];
    List<(string Key, Metric Metric, int Output, bool Weighted)>? entries;

    /// <summary>The metrics, as compile got them.</summary>
    public MetricsPerOutput? Given => metrics;

    /// <summary>Those for which sample weights count, as compile got them.</summary>
    public MetricsPerOutput? GivenWeighted => weighted;

    /// <param name="y">The targets.</param>
    /// <param name="y_pred">The predictions.</param>
    /// <param name="sample_weight">The weights of the samples.</param>
    /// <param name="outputs">The names of the outputs.</param>
    /// <param name="wanted">Which outputs have a loss or a metric.</param>
    public void Update(Batch? y, Tensor[] y_pred, Batch? sample_weight, IReadOnlyList<string> outputs, bool[] wanted)
    {
        if (metrics is null && weighted is null) return;
        entries ??= Resolve(outputs);
        if (entries.Count == 0 || y is null) return;
        var targets = y.Targets(outputs, wanted);
        foreach (var (_, metric, output, uses) in entries)
        {
            var weight = uses ? CompiledLoss.WeightOf(sample_weight, output, outputs) : null;
            if (metric.IsOwn && asked.Add(metric)) metric.First(targets[output]!, y_pred[output], weight);
            else metric.update_state(targets[output]!, y_pred[output], weight);
        }
    }

    /// <summary>Whether an output has a metric.</summary>
    public bool Has(IReadOnlyList<string> outputs, int output) =>
        (metrics is not null || weighted is not null) && (entries ??= Resolve(outputs)).Any(e => e.Output == output);

    /// <summary>All metrics, in the order in which they were given.</summary>
    public IEnumerable<Metric> All =>
        entries is not null ? entries.Select(e => e.Metric) : (metrics?.All ?? []).Concat(weighted?.All ?? []);

    public IEnumerable<(string Name, double Value)> Results() =>
        entries?.Select(e => (e.Key, (double)tf.reduce_mean(e.Metric.result()))) ?? [];

    public void Reset()
    {
        foreach (var entry in entries ?? []) entry.Metric.reset_state();
    }

    List<(string, Metric, int, bool)> Resolve(IReadOnlyList<string> outputs)
    {
        var found = new List<(string Key, Metric, int, bool)>();
        foreach (var (spec, uses) in new[] { (metrics, false), (weighted, true) })
        {
            if (spec is null) continue;
            var lists = spec.For(outputs, uses ? "weighted_metrics" : "metrics");
            for (var i = 0; i < lists.Length; i++)
                foreach (var metric in lists[i])
                {
                    var key = outputs.Count > 1 ? $"{outputs[i]}_{metric.name}" : metric.name;
                    if (found.Any(f => f.Key == key)) key = uses ? "weighted_" + key :
                        throw new ArgumentException($"metrics: expected different names. Received: '{key}' twice. "
                        + "Give one of them another name.");
                    found.Add((key, metric, i, uses));
                }
        }
        return found;
    }
}
