namespace Workbook.Helpers;

/// <summary>
/// How a line or a marker is drawn: each judge has a pen, and so have what is known to be true and what is only compared with.
/// </summary>
sealed record Pen(string Colour, string Symbol, string Dash = "solid", double Width = 2.5)
{
    const string Grey = "#6b6b6b";

    static readonly Pen train = new(Grey, "circle"), validation = new("#0069a8", "square"), evidence = new("#b84a00", "diamond"),
        budget = new("#00704e", "triangle-up");

    /// <summary>A known truth, such as a closed form or a reference value: dashed black.</summary>
    public static Pen Truth { get; } = new("#000000", "x-thin", "dash", 2);

    /// <summary>Something to compare with that is no truth, such as a first value or a guess: dotted grey.</summary>
    public static Pen Reference { get; } = new(Grey, "x-thin", "dot", 2);

    public static Pen Of(Judge judge) => judge switch
    {
        Judge.Train => train,
        Judge.Validation => validation,
        Judge.Evidence => evidence,
        Judge.Budget => budget,
        _ => throw new ArgumentOutOfRangeException(nameof(judge),
            $"Expected one of {string.Join(", ", Enum.GetNames<Judge>())}. Received: {judge}."),
    };
}
