using System.Text.RegularExpressions;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>What the map of the book says of a notebook stands on its page too.</summary>
public partial class MapTests
{
    static readonly IReadOnlyDictionary<string, string> pages = Directory.GetFiles(Repository.File("notebooks"), "*.dib")
        .ToDictionary(f => Path.GetFileName(f)[..2], File.ReadAllText);

    public static TheoryData<string> Numbers => [.. pages.Keys.Order()];

    [Theory, MemberData(nameof(Numbers))]
    public void The_map_and_the_page_say_alike_what_a_notebook_needs_and_how_long_it_takes(string number)
    {
        var map = File.ReadAllText(Repository.File("notebooks/README.md"));
        var row = Regex.Match(map, $@"^\* \*\*{number} (.|\n)*?(?=\n\* |\n\n)", RegexOptions.Multiline).Value;
        var page = pages[number].Split('\n').First(l => l.Contains(" to run", StringComparison.Ordinal));
        Assert.NotEqual("", row);
        Assert.Equal(Seconds(row), Seconds(page));
        Assert.Equal(Named(row, "needs"), Named(page, "needs"));
        // A page may leave out what only helps, and may not name another.
        Assert.Subset(Named(row, "helps").ToHashSet(), Named(page, "helps").ToHashSet());
    }

    static string Seconds(string text) => Duration().Match(text).Groups["long"].Value.ToLowerInvariant();

    /// <summary>The numbers of notebooks in the sentence that says what is needed, or what helps.</summary>
    static IReadOnlyList<string> Named(string text, string word) =>
        [.. Parts().Split(text.Replace('\n', ' ')).Where(p => p.Contains(word, StringComparison.OrdinalIgnoreCase))
            .SelectMany(p => Notebook().Matches(p).Select(m => m.Value)).Distinct().Order()];

    [GeneratedRegex("(?<long>\\d+|a few) seconds to run", RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"[.;] ")]
    private static partial Regex Parts();

    [GeneratedRegex(@"(?<![\w(./-])\d\d(?![\w-])")]
    private static partial Regex Notebook();
}
