namespace Workbook.Helpers;

/// <summary>What is meant to happen in a part of a notebook although it looks like a fault.</summary>
public static class Expect
{
    /// <summary>
    /// Runs that are meant to fail: their warnings are not written but counted, and one line at the end says how many there were of each.
    /// </summary>
    /// <remarks>
    /// <c>using (Expect.Warnings("is not trained")) { model.fit(…); }</c>. A warning that says none of the words is written as ever. Where
    /// no warning comes that says them, a line that begins with "✗ " says so, which fails the run: the text above it promises one.
    /// </remarks>
    /// <param name="words">Parts of the warnings that are expected, in any case; none: all warnings.</param>
    /// <returns>Ends the expectation when it is disposed.</returns>
    /// <exception cref="ArgumentException">A part is blank.</exception>
    public static IDisposable Warnings(params string[] words) => words.Any(string.IsNullOrWhiteSpace)
        ? throw new ArgumentException("Expect.Warnings: expected parts of warnings, such as \"is not trained\". Received: a blank one. "
            + "Leave it out, or write what the warning says.", nameof(words))
        : new ExpectedWarnings(words);
}
