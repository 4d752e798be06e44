using System.Net;

namespace Workbook.Helpers;

/// <summary>What became of the reader's answer to an <see cref="Exercise"/>: not written yet, wrong and where, or right.</summary>
[TypeFormatterSource(typeof(VerdictFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Verdict
{
    readonly string name, state, words;

    Verdict(string name, string state, string words) => (this.name, this.state, this.words) = (name, state, words);

    /// <summary>Whether all rules hold.</summary>
    public bool IsRight => state == "right";

    /// <summary>The verdict in words.</summary>
    public override string ToString() => $"Exercise {name}: {words}";

    /// <summary>The same as HTML.</summary>
    internal string ToHtml() => $"<div class=\"wb-exercise\" data-name=\"{WebUtility.HtmlEncode(name)}\" data-state=\"{state}\">"
        + $"<p class=\"wb-verdict\"><strong>Exercise {WebUtility.HtmlEncode(name)}</strong>: {WebUtility.HtmlEncode(words)}</p></div>";

    internal static Verdict Open(string name) =>
        new(name, "open", "not written yet. Write it in the cell above, run that cell, then this one again.");

    internal static Verdict Right(string name, IReadOnlyList<CheckRow> rows) =>
        new(name, "right", rows.Count == 0 ? "right." : $"right: {string.Join("; ", rows.Select(r => r.Quantity))}.");

    internal static Verdict Wrong(string name, IReadOnlyList<CheckRow> rows, Exception failure)
    {
        var held = rows.Count(r => r.Passed);
        var before = held == 0 ? "" : $" What holds so far: {string.Join("; ", rows.Where(r => r.Passed).Select(r => r.Quantity))}.";
        return new(name, "wrong", failure is CheckException
            ? $"not yet. {Ended(failure.Message)}{before}"
            : $"not yet. Your code threw {failure.GetType().Name}: {Ended(failure.Message)}{before}");
    }

    static string Ended(string message) => message.TrimEnd('.') + ".";
}
