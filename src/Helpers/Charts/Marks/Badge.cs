namespace Workbook.Helpers;

/// <summary>The small sign that says who judges a variable: before its name, and the symbol of its points.</summary>
static class Badge
{
    /// <summary>The sign in a text.</summary>
    public static string Sign(Judge judge) => Of(judge).Sign;

    /// <summary>The symbol of plotly.js; a circle where nobody judges.</summary>
    public static string Symbol(Judge? judge) => judge is { } one ? Of(one).Symbol : "circle";

    /// <summary>Who it is, in words.</summary>
    public static string Words(Judge judge) => Of(judge).Words;

    /// <summary>The legend of some judges in one line; with one judge of everything no name bears a sign, and the line says so.</summary>
    public static string Legend(IReadOnlyList<Judge> judges, bool ofEverything) => ofEverything && judges.Count == 1
        ? $"Judge: {Words(judges[0])}"
        : "Judge: " + string.Join("   ", judges.Order().Select(j => $"{Sign(j)}\u00a0{Words(j).Replace(' ', '\u00a0')}"));

    static (string Sign, string Symbol, string Words) Of(Judge judge) => judge switch
    {
        Judge.Train => ("●", "circle", "training loss"),
        Judge.Validation => ("■", "square", "other data"),
        Judge.Evidence => ("◆", "diamond", "likelihood"),
        Judge.Budget => ("▲", "triangle-up", "constraint"),
        _ => throw new ArgumentOutOfRangeException(nameof(judge),
            $"Expected one of {string.Join(", ", Enum.GetNames<Judge>())}. Received: {judge}."),
    };
}
