using System.Reflection;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>
/// A chart of Plotly.NET, of whichever version, by whichever package it came: it is shown as the figure that it is, and not as the page
/// that its own
/// formatter writes, which loads plotly.js from the network.
/// </summary>
static class PlotlyChart
{
    const string Type = "Plotly.NET.GenericChart", MimeType = "application/vnd.plotly.v1+json";

    /// <summary>Adds the figure where the value is such a chart.</summary>
    public static void Apply(object value, MimeBundle bundle, Action<string> say)
    {
        if (!IsChart(value.GetType())) return;
        try
        {
            if (Json(value) is not { } text) return;
            bundle[MimeType] = MimeText.Node(MimeType, text, out var problem);
            if (problem is not null) say($"Plotly.NET wrote a chart that is no JSON: {problem}");
        }
        catch (Exception e) when (!Safely.IsInterrupt(e))
        {
            say($"A chart of Plotly.NET could not be drawn: {Safely.Words(e)} Its packages may not be of one version: name Plotly.NET "
                + "itself in a #r too.");
        }
    }

    /// <summary>What stands for the chart where no chart can be drawn: its title, or that it is one.</summary>
    public static string Words(JsonNode figure)
    {
        var title = (figure["layout"] as JsonObject)?["title"];
        var words = Languages.Text(title) ?? Languages.Text((title as JsonObject)?["text"]);
        var kinds = (figure["data"] as JsonArray ?? []).Select(t => Languages.Text((t as JsonObject)?["type"]) ?? "scatter")
            .GroupBy(t => t);
        var parts = string.Join(", ", kinds.Select(g => $"{g.Count()} × {g.Key}"));
        return $"Chart{(string.IsNullOrEmpty(words) ? "" : $": {words}")}{(parts.Length > 0 ? $" ({parts})" : "")}";
    }

    static bool IsChart(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            if (type.FullName?.Split('+', '`')[0] is Type or Type + "Module") return true;
        return false;
    }

    /// <summary>In some versions the function stands on the chart's type, in others on the module around it.</summary>
    static string? Json(object chart)
    {
        for (var level = chart.GetType(); level is not null; level = level.BaseType)
        {
            for (var type = level; type is not null; type = type.DeclaringType)
            {
                var write = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
                    .FirstOrDefault(
                        m => m.Name is "toJson" && m.ReturnType == typeof(string) && m.GetParameters() is [var only]
                            && only.ParameterType.IsInstanceOfType(chart));
                if (write is not null) return (string?)write.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [chart], null);
            }
        }

        return null;
    }
}
