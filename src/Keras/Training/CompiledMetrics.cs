namespace Workbook.Keras;

/// <summary>The metrics of all outputs, with the keys they have in the history.</summary>
sealed class CompiledMetrics(MetricsPerOutput? metrics, MetricsPerOutput? weighted)
{
    List<(string Key, Metric Metric, int Output, bool Weighted)>? entries;

    public void Update(Batch? y, Tensor[] y_pred, Batch? sample_weight, IReadOnlyList<string> outputs)
    {
        if (metrics is null && weighted is null) return;
        entries ??= Resolve(outputs);
        if (entries.Count == 0 || y is null) return;
        var targets = y.InOrderOf(outputs, "outputs");
        foreach (var (_, metric, output, uses) in entries)
            metric.update_state(targets[output], y_pred[output], uses ? CompiledLoss.WeightOf(sample_weight, output, outputs) : null);
    }

    public IEnumerable<(string Name, double Value)> Results() => entries?.Select(e => (e.Key, (double)tf.reduce_mean(e.Metric.result()))) ?? [];

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
                    if (found.Any(f => f.Key == key)) key = uses ? "weighted_" + key : throw new ArgumentException($"metrics: expected different names. Received: '{key}' twice. Give one of them another name.");
                    found.Add((key, metric, i, uses));
                }
        }
        return found;
    }
}
