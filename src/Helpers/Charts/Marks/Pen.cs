namespace Workbook.Helpers;

/// <summary>
/// How a line or a marker is drawn: things that are compared have a colour each, a known truth is dashed black, and what is only compared
/// with is dotted grey.
/// </summary>
sealed record Pen(string Colour, string Dash = "solid", double Width = 2.5)
{
    const string Grey = "#6b6b6b";

    static readonly string[] Colours = ["#0077c8", "#c24400", "#005c3c", "#b43884", "#5a14c8"];

    // After the last colour the first comes again, with other dashes than those of truths and references.
    static readonly string[] Dashes = ["solid", "dashdot", "longdashdot"];

    /// <summary>A known truth, such as a closed form or a reference value: dashed black.</summary>
    public static Pen Truth { get; } = new("#000000", "dash", 2);

    /// <summary>Something to compare with that is no truth, such as a first value or a guess: dotted grey.</summary>
    public static Pen Reference { get; } = new(Grey, "dot", 2);

    public static Pen Of(Hue hue) => hue is >= Hue.Blue and <= Hue.Grey ? new(hue == Hue.Grey ? Grey : Colours[(int)hue])
        : throw new ArgumentOutOfRangeException(nameof(hue),
            $"Expected one of {string.Join(", ", Enum.GetNames<Hue>())}. Received: {hue}.");

    /// <summary>How many pens differ; then they come again.</summary>
    public static int Different => Colours.Length * Dashes.Length;

    /// <summary>The pen of the n-th thing that a chart compares, from 0.</summary>
    public static Pen Number(int n) => new(Colours[n % Colours.Length], Dashes[n / Colours.Length % Dashes.Length]);
}
