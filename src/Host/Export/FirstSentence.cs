using System.Text.RegularExpressions;

namespace Workbook.Host.Export;

/// <summary>The promise of a notebook: the first sentence of its first paragraph.</summary>
static partial class FirstSentence
{
    /// <summary>
    /// Up to the first full stop, question or exclamation mark that ends a sentence; the whole text when none does; null for null.
    /// </summary>
    public static string? Of(string? text) =>
        text is null ? null : End().Match(text) is { Success: true } end ? text[..(end.Index + 1)] : text;

    // A stop between digits or before a small letter (3.5, e.g. this) ends no sentence.
    [GeneratedRegex("[.!?](?=\\s+[^a-z\\s]|\\s*$)")]
    private static partial Regex End();
}
