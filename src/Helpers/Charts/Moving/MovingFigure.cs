using System.Text;
using System.Text.Json.Nodes;
using Plotly.NET;

namespace Workbook.Helpers;

/// <summary>Several figures as the states of one, with the slider of plotly.js, and buttons where it plays.</summary>
sealed class MovingFigure : Figure
{
    /// <summary>The largest figure, in bytes: a page holds several.</summary>
    public const int Largest = 300_000;

    readonly string kind, name;
    readonly IReadOnlyList<(string Label, Figure Figure)> states;
    readonly int still;
    readonly StateSet all;
    readonly List<JsonObject> frames;
    readonly string json;

    public MovingFigure(string kind, string name, IReadOnlyList<(string Label, Figure Figure)> states, int still)
    {
        (this.kind, this.name, this.states, this.still) = (kind, name, states, still);
        var plots = states.Select(s => s.Figure).OfType<Plot>().ToList();
        if (plots.Count == states.Count) Plot.Hold(plots);
        all = new([.. states.Select(s => (JsonObject)JsonNode.Parse(s.Figure.ToJson())!)], still);
        frames = all.Frames();
        json = Write();
    }

    /// <summary>The size of its JSON in bytes.</summary>
    public int Size => Encoding.UTF8.GetByteCount(json);

    public override string Title => states[still].Figure.Title;

    public override string Alt => $"{states[still].Figure.Alt} {Controls}";

    internal override bool Moves => true;

    public override GenericChart ToChart() => states[still].Figure.ToChart();

    public override string ToJson() => json;

    string Controls => kind == "slider"
        ? $"A slider sets {name}: {string.Join(", ", states.Select(s => s.Label))}. Shown: {states[still].Label}."
        : $"It plays from {name} {states[0].Label} to {states[^1].Label}. Shown: {states[still].Label}.";

    /// <summary>The figure itself.</summary>
    /// <exception cref="ArgumentException">It is too large for a page.</exception>
    public MovingFigure Checked() => Size <= Largest ? this : throw new ArgumentException(
        $"{(kind == "slider" ? "Slider" : "Replay")} '{name}': expected a figure of at most {Largest / 1000} KB with its states. Received: "
            + $"{Size / 1000} KB in {states.Count} states, {all.Heaviest(frames)}. Draw fewer points there, or show fewer states.");

    string Write()
    {
        var figure = all.Still();
        for (var i = 0; i < states.Count; i++) frames[i]["layout"]!["meta"] = new JsonObject { ["alt"] = states[i].Figure.Alt };
        if (figure["layout"] is not JsonObject layout) figure["layout"] = layout = [];
        FrameControl.Add(layout, kind, name, [.. states.Select((s, i) => (s.Label, frames[i]))], still);
        layout["meta"] = new JsonObject
        {
            ["alt"] = Alt,
            ["wb"] = new JsonObject { ["kind"] = kind, ["name"] = name, ["room"] = FrameControl.Room },
        };
        return figure.ToJsonString(StateSet.Short);
    }
}
