using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

public partial class Model
{
    Metric[] held = [];

    /// <summary>The metrics, wherever they stand; <c>model.metrics</c> reads it.</summary>
    internal IReadOnlyList<Metric> OwnMetrics => [.. ((Metric?[])[compilation is { Loss.Given: true } ? compilation.Loss.Total : null,
        .. HeldMetrics(), .. compilation?.Metrics.All ?? []]).OfType<Metric>().Distinct()];

    /// <summary>The names in the logs; <c>model.metrics_names</c> reads it.</summary>
    internal IReadOnlyList<string> OwnMetricsNames => compilation is null ? [] : [.. Logs().Keys];

    /// <summary>Forgets what the metrics have gathered. A fit does so before each epoch, and evaluate before it begins.</summary>
    public void reset_metrics()
    {
        // Looked for here and not in each step: what a field holds counts from the next epoch on.
        held = HeldMetrics();
        foreach (var metric in held) metric.reset_state();
        compilation?.Loss.Reset();
        compilation?.Metrics.Reset();
        foreach (var metric in OwnMetrics)
            if (metric.IsOwn) SayKept(metric);
    }

    /// <summary>What a metric keeps in its fields: not from variables of the model, whose predictions it may keep.</summary>
    void SayKept(Metric metric)
    {
        var sources = Fields.Tensors(metric).SelectMany(t => t.Sources).ToHashSet();
        if (sources.Count > 0) metric.SayKept(sources.Except(variables));
    }

    /// <summary>The metrics that fields of the model and of its parts hold.</summary>
    Metric[] HeldMetrics() => [.. Walk().Where(m => m.Module is not CompiledLoss).SelectMany(m =>
        m.Module.Held()).OfType<Metric>().Distinct()];

    /// <summary>Losses and metrics so far.</summary>
    Dictionary<string, double> Logs()
    {
        var logs = new Dictionary<string, double>();
        foreach (var (name, value) in Compiled.Loss.Results().Concat(Compiled.Metrics.Results())) logs.Add(name, value);
        foreach (var metric in held) logs.TryAdd(metric.name, (LogValue)metric.result());
        return logs;
    }
}
