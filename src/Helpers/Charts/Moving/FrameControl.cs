using System.Text.Json.Nodes;

namespace Workbook.Helpers;

/// <summary>The slider of plotly.js below a figure, and the buttons of one that plays.</summary>
static class FrameControl
{
    /// <summary>The height that they take, in pixels.</summary>
    public const int Room = 84;

    const int FrameTime = 80;

    /// <summary>Adds them to a layout, and makes it higher.</summary>
    public static void Add(JsonObject layout, string kind, string name, IReadOnlyList<string> labels, int active)
    {
        var plays = kind == "replay";
        layout["height"] = (layout["height"]?.GetValue<double>() ?? Look.Height) + Room;
        if (layout["margin"] is not JsonObject margin) layout["margin"] = margin = [];
        var below = margin["b"]?.GetValue<double>() ?? Look.Bottom;
        margin["b"] = below + Room;
        layout["sliders"] = new JsonArray(new JsonObject
        {
            ["active"] = active,
            ["currentvalue"] = new JsonObject { ["prefix"] = $"{name}: ", ["xanchor"] = "left" },
            ["x"] = plays ? 0.14 : 0,
            ["len"] = plays ? 0.86 : 1,
            ["pad"] = new JsonObject { ["t"] = below },
            ["font"] = new JsonObject { ["size"] = Look.LabelSize, ["color"] = Look.Ink },
            ["steps"] = new JsonArray([.. labels.Select(l => new JsonObject
            {
                ["label"] = l,
                ["method"] = "animate",
                ["args"] = new JsonArray(new JsonArray(l), Options(0)),
            })]),
        });
        if (plays)
            layout["updatemenus"] = new JsonArray(new JsonObject
            {
                ["type"] = "buttons",
                ["direction"] = "left",
                ["x"] = 0,
                ["y"] = 0,
                ["xanchor"] = "left",
                ["yanchor"] = "top",
                ["pad"] = new JsonObject { ["t"] = below + 20 },
                ["showactive"] = false,
                ["buttons"] = new JsonArray(Button("▶", null, FrameTime), Button("❚❚", new JsonArray((JsonNode?)null), 0)),
            });
    }

    static JsonObject Button(string label, JsonNode? frames, int time)
    {
        var options = Options(time);
        options["fromcurrent"] = true;
        return new() { ["label"] = label, ["method"] = "animate", ["args"] = new JsonArray(frames, options) };
    }

    static JsonObject Options(int time) => new()
    {
        ["mode"] = "immediate",
        ["frame"] = new JsonObject { ["duration"] = time, ["redraw"] = true },
        ["transition"] = new JsonObject { ["duration"] = 0 },
    };
}
