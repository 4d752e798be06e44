using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workbook.Keras;

/// <summary>Metrics that are the mean of a loss: Keras has a class for each, here they are factories of <c>keras.metrics</c>.</summary>
static class MetricFactory
{
    /// <summary>Makes the metric of a class; null where that is no such factory.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "ILLink.Descriptors.xml keeps every type of this assembly.")]
    public static Metric? Make(ConfigReader reader, string name, JsonObject config)
    {
        if (KerasKind.Of(typeof(Metric))!.Find(name) is not null) return null;
        var factory = typeof(keras.metrics).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(m => m.Name == name && typeof(Metric).IsAssignableFrom(m.ReturnType) && m.GetParameters().All(p =>
                p.HasDefaultValue));
        if (factory is null) return null;
        var parameters = factory.GetParameters();
        foreach (var (key, value) in config)
            if (key != "dtype" && !parameters.Any(p => p.Name == key) && value is not null)
                throw reader.Wrong($"only arguments of the metric {name} that are here", $"'{key}': {ConfigReader.Shown(value)}");
        return (Metric)factory.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [.. parameters.Select(p => config.Has(p.Name!)
            ? reader.Value(config[p.Name!], p.ParameterType, $"'{p.Name}' of the metric {name}") : p.DefaultValue)], null)!;
    }
}
