using System.Text.Json.Nodes;

namespace Workbook.Helpers;

/// <summary>The slider of plotly.js below a figure, and the buttons of one that plays.</summary>
static class FrameControl
{
    /// <summary>The height that they take, in pixels.</summary>
    public const int Room = 84;

    // A whole replay, and the longest and shortest that one of its states is seen, in milliseconds.
    const int PlayTime = 4000, Longest = 400, Shortest = 80;

    /// <summary>Adds them to a layout, and makes it higher.</summary>
    /// <remarks>
    /// Steps and buttons carry their states themselves: some front ends hand plotly.js only data and layout, and no frames by name.
    /// </remarks>
    /// <param name="layout">The layout of the still.</param>
    /// <param name="kind">"slider" or "replay".</param>
    /// <param name="name">What is varied, or what counts the states.</param>
    /// <param name="states">Each state's label and frame: what differs of each trace, in order, and of the layout.</param>
    /// <param name="active">The still's number.</param>
    public static void Add(JsonObject layout, string kind, string name, IReadOnlyList<(string Label, JsonObject Frame)> states, int active)
    {
        var plays = kind == "replay";
        layout["height"] = (layout["height"]?.GetValue<double>() ?? Look.Height) + Room;
        if (layout["margin"] is not JsonObject margin) layout["margin"] = margin = [];
        var below = margin["b"]?.GetValue<double>() ?? Look.Bottom;
        margin["b"] = below + Room;
        layout["sliders"] = new JsonArray(new JsonObject
        {
            ["active"] = active,
            // Plotly's knob does not follow what the buttons play, so it says no value there.
            ["currentvalue"] = new JsonObject { ["prefix"] = $"{name}: ", ["xanchor"] = "left", ["visible"] = !plays },
            ["x"] = plays ? 0.14 : 0,
            ["len"] = plays ? 0.86 : 1,
            ["pad"] = new JsonObject { ["t"] = below },
            ["font"] = new JsonObject { ["size"] = Look.LabelSize, ["color"] = Look.Ink },
            ["steps"] = new JsonArray([.. states.Select(s => new JsonObject
            {
                ["label"] = s.Label,
                ["method"] = "animate",
                ["args"] = new JsonArray(new JsonArray(s.Frame.DeepClone()), Options(0)),
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
                ["buttons"] = new JsonArray(
                    Button("▶", new JsonArray([.. states.Select(s => Unsaid(s.Frame))]),
                        Math.Clamp(PlayTime / states.Count, Shortest, Longest)),
                    Button("❚❚", new JsonArray((JsonNode?)null), 0)),
            });
    }

    static JsonObject Button(string label, JsonArray frames, int time) =>
        new() { ["label"] = label, ["method"] = "animate", ["args"] = new JsonArray(frames, Options(time)) };

    /// <summary>A frame without its words, which no button needs.</summary>
    static JsonObject Unsaid(JsonObject frame)
    {
        var drawn = (JsonObject)frame.DeepClone();
        (drawn["layout"] as JsonObject)?.Remove("meta");
        return drawn;
    }

    static JsonObject Options(int time) => new()
    {
        ["mode"] = "immediate",
        ["frame"] = new JsonObject { ["duration"] = time, ["redraw"] = true },
        ["transition"] = new JsonObject { ["duration"] = 0 },
    };
}
