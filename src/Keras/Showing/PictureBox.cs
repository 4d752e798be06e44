namespace Workbook.Keras;

/// <summary>A box of a picture: a head, lines of text, or boxes inside.</summary>
sealed class PictureBox
{
    public const double Line = 20, Margin = 12, HeadHeight = 30, FontSize = 14;

    PictureBox(string head, IReadOnlyList<string> lines, IReadOnlyList<PictureBox> inside, bool hasGraph)
    {
        (Head, Lines, Boxes, HasGraph) = (head, lines, inside, hasGraph);
        Width = Math.Max(60, lines.Prepend(head).Max(WidthOf) + 2 * Margin);
        Height = HeadHeight + (lines.Count == 0 ? 0 : lines.Count * Line + Margin);
    }

    public string Head { get; }

    public IReadOnlyList<string> Lines { get; }

    /// <summary>The boxes inside, for a model that is drawn with its layers.</summary>
    public IReadOnlyList<PictureBox> Boxes { get; }

    /// <summary>Whether there are boxes inside.</summary>
    public bool HasGraph { get; }

    /// <summary>The boxes from which values come.</summary>
    public List<PictureBox> From { get; } = [];

    /// <summary>In which row the box stands.</summary>
    public int Rank { get; private set; }

    public double X { get; set; }

    public double Y { get; set; }

    public double Width { get; set; }

    public double Height { get; set; }

    /// <summary>The boxes of a model, the model itself not being one; but a class of one's own, whose code nobody sees, is one
    /// box.</summary>
    public static IReadOnlyList<PictureBox> Inside(Model model, PictureDetails details)
    {
        if (model.Graph is null)
            return [new($"{(details.ShowsNames ? $"{model.name} " : "")}({ShownPart.ClassOf(model)})", [], [], false)];
        var shown = ShownModel.Of(model);
        var boxes = shown.Parts.ToDictionary(p => p, p => Of(p, details));
        foreach (var (part, box) in boxes)
            box.From.AddRange(part.From.Select(f => boxes.GetValueOrDefault(f.Part)).OfType<PictureBox>().Distinct());
        // A row below all that lead to it.
        foreach (var part in shown.Parts) boxes[part].Rank = boxes[part].From.Select(f => f.Rank + 1).DefaultIfEmpty(0).Max();
        // An input stands right above what takes it first.
        foreach (var part in shown.Parts.Where(p => p.From.Count == 0))
            boxes[part].Rank = boxes.Values.Where(b => b.From.Contains(boxes[part])).Select(b => b.Rank - 1).DefaultIfEmpty(0).Min();
        return [.. shown.Parts.Select(p => boxes[p])];
    }

    static PictureBox Of(ShownPart part, PictureDetails details)
    {
        var head = details.ShowsNames ? $"{part.Name} ({part.ClassName})" : part.ClassName;
        if (details.ExpandsNested && part.Layer is Model { Graph: not null } nested)
            return new(details.ShowsNames ? head : $"{part.Name} ({part.ClassName})", [], Inside(nested, details), true);
        var lines = new List<string>();
        if (details.ShowsActivation && part.ActivationName is { } activation) lines.Add($"Activation: {activation}");
        if (details.ShowsShapes && part.InputShape is { } input) lines.Add($"Input shape: {input}");
        if (details.ShowsShapes) lines.Add($"Output shape: {part.OutputShape}");
        if (details.ShowsType) lines.Add($"Output dtype: {part.OutputType}");
        if (details.ShowsTrainable && part.Layer is { } layer && layer.variables.Count > 0)
            lines.Add(layer.trainable ? "Trainable" : "Non-trainable");
        return new(head, lines, [], false);
    }

    /// <summary>A little more than Helvetica and Arial need.</summary>
    public static double WidthOf(string text) => FontSize * text.Sum(c => c switch
    {
        'i' or 'j' or 'l' or 't' or 'f' or 'r' or ' ' or '.' or ',' or ':' or '(' or ')' or '[' or ']' => 0.34,
        'm' or 'w' or 'M' or 'W' => 0.92,
        >= 'A' and <= 'Z' => 0.74,
        < (char)0x2E80 => 0.6,
        _ => 1.05,
    });
}
