using System.Text.RegularExpressions;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.House;

/// <summary>The glossary of this book.</summary>
public partial class GlossaryPageTests
{
    static readonly (IReadOnlyList<GlossaryTerm> Terms, IReadOnlyList<(int Line, string Message)> Problems) Page =
        Glossary.Read(File.ReadAllText(Repository.File(Glossary.Place)));

    [Fact]
    public void The_glossary_has_each_term_once_in_order_with_one_sentence_and_a_link()
    {
        Assert.Empty(Page.Problems);
        Assert.InRange(Page.Terms.Count, 40, 160);
        var names = Page.Terms.Select(t => NotLetters().Replace(t.Name.ToLowerInvariant(), "")).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(Page.Terms, t => Assert.Matches(@"^[A-Z0-9$][^\n]*[^.]\.$", t.Meaning));
        Assert.All(Page.Terms, t => Assert.DoesNotMatch(@"\. [A-Z]", t.Meaning));
    }

    [Fact]
    public void The_page_that_a_term_links_says_it() => Assert.All(Page.Terms, term =>
    {
        var address = Link().Match(term.Where).Groups["file"].Value;
        var file = Path.GetFullPath(address, Path.GetDirectoryName(Repository.File(Glossary.Place))!);
        // The notebook itself, not its outputs.
        var text = File.ReadAllText(Path.GetExtension(file) == ".ipynb" ? Path.ChangeExtension(file, ".dib") : file);
        Assert.True(term.Forms.Any(f => text.Contains(f, StringComparison.OrdinalIgnoreCase)), $"{term.Name}: {address} does not say it.");
    });

    [GeneratedRegex("[^a-z]")]
    private static partial Regex NotLetters();

    [GeneratedRegex(@"\]\((?<file>[^)#]+)")]
    private static partial Regex Link();
}
