using System.Text.RegularExpressions;
using Workbook.Host.Documents;

namespace Workbook.Host.Export.Folds;

/// <summary>
/// What a cell asks the reader, and what it tells of it: elements of the classes <c>wb-prediction</c> and <c>wb-reveal</c> in the HTML that
/// it put out, tied by an id.
/// </summary>
static partial class Predictions
{
    /// <summary>The ids of the questions that a cell asks.</summary>
    public static IReadOnlyList<string> Asked(Cell cell) => Ids(cell, Question());

    /// <summary>The ids of the questions that a cell answers.</summary>
    public static IReadOnlyList<string> Told(Cell cell) => Ids(cell, Answer());

    static IReadOnlyList<string> Ids(Cell cell, Regex element) =>
        [.. cell.Outputs.Select(o => NotebookJson.Text(o.Bundle?["text/html"])).OfType<string>()
            .SelectMany(html => element.Matches(html).Select(m => m.Groups["id"].Value)).Distinct()];

    [GeneratedRegex("<fieldset\\s+class=\"wb-prediction\"\\s+data-id=\"(?<id>[\\w-]+)\"")]
    private static partial Regex Question();

    [GeneratedRegex("<div\\s+class=\"wb-reveal\"\\s+data-for=\"(?<id>[\\w-]+)\"")]
    private static partial Regex Answer();
}
