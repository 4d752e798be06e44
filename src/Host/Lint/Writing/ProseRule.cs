using System.Text.RegularExpressions;
using Workbook.Host.Documents;

namespace Workbook.Host.Lint.Writing;

/// <summary>A page is read in one sitting: 1200 to 1800 words, code blocks and formulas on lines of their own not counted.</summary>
static partial class ProseRule
{
    const int Fewest = 1200;
    const int Most = 1800;

    /// <summary>Says when there are more or fewer.</summary>
    public static IEnumerable<Finding> Find(NotebookDocument document)
    {
        var words = Count(document);
        if (words is < Fewest or > Most)
            yield return new Finding("words", 0, 0,
                $"Expected {Fewest} to {Most} words of prose. Received: {words}. "
                    + (words > Most ? "Leave out what another page says." : "Say what the reader is to see, and why."))
            { IsAdvice = true };
    }

    /// <summary>How many words the text cells of a notebook have.</summary>
    public static int Count(NotebookDocument document) => document.Cells.Where(c => c.Language == "markdown")
        .SelectMany(c => NotProse().Replace(c.Source, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        .Count(w => w.Any(char.IsLetterOrDigit));

    // What is not closed before the next of its kind opens is not looked for to the end of the text.
    [GeneratedRegex(@"^(`{3,}|~{3,}).*?^\1|\$\$.*?\$\$|<!--(?:(?!<!--).)*?-->|(?<=\])\([^)\]]*\)",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex NotProse();
}
