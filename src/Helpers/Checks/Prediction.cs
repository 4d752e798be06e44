using System.Globalization;
using System.Net;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>
/// What the reader expects before a cell runs: a letter or a number that he writes into <c>yours</c>. The cell that shows the result
/// reveals the answer and compares. A wrong prediction fails nothing: it teaches.
/// </summary>
/// <remarks>
/// <c>var where = Prediction.Choice("Where are the weights?", yours: "", "Near 1.", "Near 0.");</c>, then <c>where</c> as the cell's last
/// line; later <c>where.Reveal("b", "The loop ends before.")</c>. Published pages ask with buttons and keep the answer folded until
/// something is chosen.
/// </remarks>
[TypeFormatterSource(typeof(PredictionFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Prediction
{
    const double Near = 0.1;

    readonly string question;
    readonly string[] choices;
    readonly bool isNumber;
    readonly string yours = "";
    readonly double number = double.NaN;

    Prediction(string question, string[] choices, bool isNumber)
    {
        if (string.IsNullOrWhiteSpace(question))
            throw new ArgumentException("Prediction: expected a question. Received: a blank text. Write what the reader is to predict.");
        (this.question, this.choices, this.isNumber) = (question.Trim(), choices, isNumber);
    }

    Prediction(string question, string yours, string[] choices) : this(question, choices, false)
    {
        if (choices.Length is < 2 or > 26)
            throw new ArgumentException($"{question}: expected 2 to 26 choices. Received: {choices.Length}. "
                + "Write them after yours, each as a sentence: Prediction.Choice(\"…?\", yours: \"\", \"It falls.\", \"It stays.\").");
        if (choices.FirstOrDefault(string.IsNullOrWhiteSpace) is not null || choices.Distinct().Count() < choices.Length)
            throw new ArgumentException($"{question}: expected choices that differ. Received: {string.Join(" | ", choices)}. "
                + "Write a sentence for each, none twice.");
        this.yours = (yours ?? "").Trim().ToLowerInvariant();
        if (this.yours != "" && !Letters.Contains(this.yours))
            throw new ArgumentException($"{question}: expected {Words(Letters)} as your answer, or \"\" for none yet. "
                + $"Received: \"{yours}\". Write one letter into yours and run the cell again.");
    }

    Prediction(string question, double? yours) : this(question, [], true)
    {
        number = yours ?? double.NaN;
        if (yours is not null && !double.IsFinite(number))
            throw new ArgumentException($"{question}: expected a finite number as your answer, or null for none yet. Received: {yours}. "
                + "Write a number into yours and run the cell again.");
    }

    /// <summary>One of several answers, which get the letters a, b, c, …</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="yours">The reader's letter; empty: none yet.</param>
    /// <param name="choices">The answers, each a sentence; at least two.</param>
    /// <exception cref="ArgumentException">There are fewer than two choices, two are equal, or <paramref name="yours"/> is the letter of
    /// none.</exception>
    public static Prediction Choice(string question, string yours, params string[] choices) => new(question, yours, choices);

    /// <summary>A number.</summary>
    /// <param name="question">What is asked, with the unit.</param>
    /// <param name="yours">The reader's number; null: none yet.</param>
    /// <exception cref="ArgumentException"><paramref name="yours"/> is not finite.</exception>
    public static Prediction Number(string question, double? yours) => new(question, yours);

    /// <summary>The right choice, compared with the reader's. Show it: as the cell's last line, or by <c>display</c>.</summary>
    /// <param name="answer">The letter of the right choice; better computed than written.</param>
    /// <param name="because">Why, in a few words.</param>
    /// <exception cref="InvalidOperationException">The prediction is a number.</exception>
    /// <exception cref="ArgumentException">No choice has the letter.</exception>
    public Reveal Reveal(string answer, string because)
    {
        if (isNumber)
            throw new InvalidOperationException($"{question}: expected a number to reveal, as a number was asked. Received: \"{answer}\". "
                + "Write Reveal(39, \"…\"), or ask by Prediction.Choice.");
        var at = Array.IndexOf(Letters, answer.Trim().ToLowerInvariant());
        if (at < 0)
            throw new ArgumentException($"{question}: expected {Words(Letters)}, the letter of the right choice. Received: \"{answer}\". "
                + "Write the letter of the choice that the result shows.");
        return new(Id, question, "choice", yours, Letters[at], choices[at], because,
            yours == Letters[at] ? "You were right." : yours == "" ? null : $"You said {yours}.", null);
    }

    /// <summary>The right number, compared with the reader's. Show it: as the cell's last line, or by <c>display</c>.</summary>
    /// <param name="answer">The right number.</param>
    /// <param name="because">Why, in a few words.</param>
    /// <param name="within">The largest difference that counts as right; by default a tenth of the answer.</param>
    /// <exception cref="InvalidOperationException">The prediction is a choice.</exception>
    /// <exception cref="ArgumentException">The answer is not finite, or <paramref name="within"/> is negative.</exception>
    public Reveal Reveal(double answer, string because, double? within = null)
    {
        if (!isNumber)
            throw new InvalidOperationException($"{question}: expected {Words(Letters)} to reveal, as a choice was asked. "
                + $"Received: {Show(answer)}. Write Reveal(\"b\", \"…\"), or ask by Prediction.Number.");
        var near = within ?? Near * Math.Abs(answer);
        if (!double.IsFinite(answer) || !(near >= 0))
            throw new ArgumentException($"{question}: expected a finite answer, and within of 0 or more. Received: {Show(answer)} within "
                + $"{Show(near)}. Reveal a number that the cell has computed.");
        var said = double.IsNaN(number) ? null
            : $"You said {Show(number, 4)}{(Math.Abs(number - answer) <= near ? $": right, within {Show(near, 2)}" : "")}.";
        return new(Id, question, "number", double.IsNaN(number) ? "" : Exact(number), Exact(answer), Show(answer, 4), because,
            said, Exact(near));
    }

    /// <summary>The question, its choices and what the reader said.</summary>
    public override string ToString() =>
        $"Predict: {question}\n{string.Concat(choices.Select((c, i) => $"  {Letters[i]}) {c}\n"))}{Yours}";

    /// <summary>The question as HTML that reads well without a script and that a page can make a form of.</summary>
    internal string ToHtml()
    {
        var list = isNumber ? ""
            : $"<ol type=\"a\">{string.Concat(choices.Select((c, i) => $"<li data-choice=\"{Letters[i]}\">{Encode(c)}</li>"))}</ol>";
        var held = isNumber ? double.IsNaN(number) ? "" : Exact(number) : yours;
        return $"<fieldset class=\"wb-prediction\" data-id=\"{Id}\" data-kind=\"{(isNumber ? "number" : "choice")}\" data-yours=\"{held}\">"
            + $"<legend>Predict: {Encode(question)}</legend>{list}<p class=\"wb-yours\">{Encode(Yours)}</p></fieldset>";
    }

    string Id => Slug.Unique(question);

    string Yours => isNumber
        ? double.IsNaN(number) ? "Not answered yet: write a number into yours, and run this cell again." : $"You say {Show(number, 4)}."
        : yours == "" ? $"Not answered yet: write {Words(Letters)} into yours, and run this cell again."
            : $"You say {yours}: {choices[Letters.IndexOf(yours)]}";

    string[] Letters => [.. choices.Select((_, i) => $"{(char)('a' + i)}")];

    static string Words(string[] letters) => $"{string.Join(", ", letters[..^1])} or {letters[^1]}";

    static string Exact(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    static string Encode(string text) => WebUtility.HtmlEncode(text);
}
