using System.Net;

namespace Workbook.Helpers;

/// <summary>The answer to a <see cref="Prediction"/>, beside what the reader said.</summary>
/// <remarks>An unanswered prediction says so; no answer is ever made up for the reader.</remarks>
[TypeFormatterSource(typeof(RevealFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Reveal
{
    readonly string id, question, kind, yours, answer, shown, because;
    readonly string? said, within;

    internal Reveal(string id, string question, string kind, string yours, string answer, string shown, string because, string? said,
        string? within)
    {
        (this.id, this.question, this.kind, this.yours, this.answer) = (id, question, kind, yours, answer);
        (this.shown, this.because, this.said, this.within) = (shown, because, said, within);
    }

    string Said => said ?? "You have not answered.";

    /// <summary>The question, what the reader said, the answer, and why.</summary>
    public override string ToString() =>
        $"{question}\n{Said} It is {(kind == "choice" ? $"{answer}: {shown}" : Ended(shown))}\n{because}";

    /// <summary>The same as HTML that a page can compare with what its reader chose there.</summary>
    internal string ToHtml()
    {
        var tolerance = within is null ? "" : $" data-within=\"{within}\"";
        var result = kind == "choice" ? $"It is {answer}: <span>{Encode(shown)}</span>" : $"It is <span>{Encode(Ended(shown))}</span>";
        return $"<div class=\"wb-reveal\" data-for=\"{id}\" data-kind=\"{kind}\" data-answer=\"{answer}\"{tolerance}>"
            + $"<p class=\"wb-question\">{Encode(question)}</p><p class=\"wb-said\" data-yours=\"{yours}\">{Encode(Said)}</p>"
            + $"<p class=\"wb-answer\">{result}</p><p class=\"wb-because\">{Encode(because)}</p></div>";
    }

    static string Ended(string number) => number + ".";

    static string Encode(string text) => WebUtility.HtmlEncode(text);
}
