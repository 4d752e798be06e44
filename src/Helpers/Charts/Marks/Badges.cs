namespace Workbook.Helpers;

/// <summary>
/// The judges of the things that a chart compares: signs before their names, and one line under the chart that explains them.
/// </summary>
sealed class Badges(IReadOnlyList<SeriesMark> compared)
{
    const int Line = 16;

    readonly List<Judge> judges = [.. compared.Select(m => m.Judge).OfType<Judge>().Distinct().Order()];

    bool OneOfAll => judges.Count == 1 && compared.All(m => m.Judge is not null);

    /// <summary>The height that the legend needs; 0 where nobody judges.</summary>
    public int Height => judges.Count == 0 ? 0 : Line;

    /// <summary>What stands before the name of a mark.</summary>
    public string Before(Mark mark) => mark is SeriesMark { Judge: { } judge } && !OneOfAll ? Badge.Sign(judge) + "\u00a0" : "";

    /// <summary>The legend as an annotation of plotly.js.</summary>
    public IEnumerable<object> Legend
    {
        get
        {
            if (judges.Count == 0) yield break;
            yield return new
            {
                text = Badge.Legend(judges, OneOfAll),
                xref = "paper",
                yref = "paper",
                x = 0,
                y = 0,
                xanchor = "left",
                yanchor = "top",
                yshift = 6 - Look.Bottom,
                showarrow = false,
                font = new { size = Look.LabelSize - 1, color = Look.Ink },
            };
        }
    }

    /// <summary>The same in words.</summary>
    public IEnumerable<string> Sentences => OneOfAll ? [$"The judge is the {Badge.Words(judges[0])}."]
        : judges.Select(judge => $"Judged by {Article(judge)}{Badge.Words(judge)}: "
            + $"{string.Join(", ", compared.Where(m => m.Judge == judge).Select(m => m.Name).Distinct())}.");

    static string Article(Judge judge) => judge switch { Judge.Train => "the ", Judge.Validation => "", _ => "a " };
}
