namespace Workbook.Keras;

/// <summary>What compile was given, in files.</summary>
static class CompileConfig
{
    static KerasKind Kind<T>() => KerasKind.Of(typeof(T))!;

    /// <summary>Optimizer, losses, weights and metrics.</summary>
    /// <exception cref="ModelException">One of them is a C# function, or not registered.</exception>
    public static JsonObject Write(Compilation compiled) => new()
    {
        ["optimizer"] = ConfigWriter.Write(compiled.Optimizer),
        ["loss"] = Per(compiled.Loss.Losses, l => ConfigWriter.Write(l)),
        ["loss_weights"] = Per(compiled.Loss.Weights, w => ConfigWriter.Value(w, "loss_weights")),
        ["metrics"] = Metrics(compiled.Metrics.Given),
        ["weighted_metrics"] = Metrics(compiled.Metrics.GivenWeighted),
        ["run_eagerly"] = false,
        ["steps_per_execution"] = 1L,
        ["jit_compile"] = false,
    };

    /// <summary>Compiles a model as a file says.</summary>
    /// <exception cref="FormatException">An optimizer, loss or metric that is not here.</exception>
    public static void Read(ConfigReader reader, JsonObject json, Model model)
    {
        if (json["optimizer"] is null && json["loss"] is null) return;
        var losses = Each(reader, json["loss"], "loss", Kind<Loss>()) is var (items, names) ? new LossesPerOutput(items.Cast<Loss?>(),
            names) : null;
        var weights = json["loss_weights"] switch
        {
            null => null,
            List<object?> list => new WeightsPerOutput(list.Select(w => Weight(reader, w)), null),
            JsonObject named => new WeightsPerOutput(named.Select(w => Weight(reader, w.Value)), named.Names),
            var one => new WeightsPerOutput([Weight(reader, one)], null),
        };
        model.compile((Optimizer?)reader.Value(json["optimizer"], typeof(Optimizer), "the optimizer"), losses, weights,
            Metrics(reader, json["metrics"], "metrics"), Metrics(reader, json["weighted_metrics"], "weighted_metrics"));
    }

    static object? Per<T>(PerOutput<T>? given, Func<T, object?> write) where T : class
    {
        if (given is null) return null;
        var items = given.Select(i => i is null ? null : write(i)).ToList();
        if (given.Names is not { } names) return items.Count == 1 ? items[0] : items;
        var named = new JsonObject();
        foreach (var (name, item) in names.Zip(items)) named[name] = item;
        return named;
    }

    static object? Metrics(MetricsPerOutput? given) => given is null ? null
        : given.Lists is not { } lists ? given.All.Select(Metric).ToList()
        : Per(lists, m => m.Select(Metric).ToList()) is var all && lists.Names is null && all is not List<object?> { Count: > 1 }
            ? new List<object?> { all } : all;

    static object? Metric(Metric metric)
    {
        if (metric.AskedAs is { } asked) return asked;
        if (metric is not MeanOfFunction { Factory: { } factory } made) return ConfigWriter.Write(metric);
        var config = new JsonObject { ["name"] = metric.name, ["dtype"] = "float32" };
        foreach (var (key, value) in made.FactoryArguments)
            if (value is not null) config[key] = ConfigWriter.Value(value, $"'{key}' of {factory}");
        return new JsonObject { ["module"] = "keras.metrics", ["class_name"] = factory, ["config"] = config, ["registered_name"] = null };
    }

    static Hyperparameter? Weight(ConfigReader reader, object? json) => (Hyperparameter?)reader.Value(json, typeof(Hyperparameter), "loss_weights");

    /// <summary>One, a list, or some by the names of outputs.</summary>
    static (List<object?> Items, IEnumerable<string>? Names)? Each(ConfigReader reader, object? json, string what, KerasKind kind)
    {
        object? One(object? item) => reader.Value(item, kind.Base, what);
        return json switch
        {
            null => null,
            List<object?> list => (list.Select(One).ToList(), null),
            JsonObject named when named["class_name"] is null => (named.Select(n => One(n.Value)).ToList(), named.Names),
            _ => ([One(json)], null),
        };
    }

    static MetricsPerOutput? Metrics(ConfigReader reader, object? json, string what)
    {
        Metric One(object? item) => item is JsonObject metric ? Metric(reader, metric) : (Metric)reader.Value(item, typeof(Metric), what)!;
        Metric[] Several(object? items) => items is List<object?> list ? [.. list.Where(i => i is not null).Select(One)] : items is null
            ? [] : [One(items)];
        return json switch
        {
            null => null,
            List<object?> list when list.Any(i => i is List<object?>) => (MetricsPerOutput)list.Select(Several).ToArray(),
            List<object?> list => MetricsPerOutput.Of(Several(list)),
            JsonObject named when named["class_name"] is null => named.ToDictionary(n => n.Key, n => Several(n.Value)),
            _ => MetricsPerOutput.Of([One(json)]),
        };
    }

    static Metric Metric(ConfigReader reader, JsonObject json)
    {
        var name = json["class_name"] as string ?? "";
        var config = json["config"] as JsonObject ?? [];
        // tf.keras 2 wraps the function of a metric by name.
        if (name == "MeanMetricWrapper" && config["fn"] is string function)
        {
            var wrapped = (Metric)reader.Named(function, Kind<Metric>(), "a metric");
            wrapped.name = config["name"] as string ?? function;
            return wrapped;
        }
        return MetricFactory.Make(reader, name, config) ?? (Metric)reader.Read(json, Kind<Metric>());
    }
}
