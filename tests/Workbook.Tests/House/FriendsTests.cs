using System.Xml.Linq;
using Xunit;

namespace Workbook.Tests.House;

/// <summary>A project sees another's internals only to test or to measure them; whatever is built on it goes in by public doors.</summary>
public sealed class FriendsTests
{
    static readonly string[] Friends = ["Workbook.Tests", "Workbook.Benchmarks"];

    public static TheoryData<string> Projects() =>
        [.. Directory.GetFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f))];

    [Theory, MemberData(nameof(Projects))]
    public void Only_tests_and_benchmarks_see_the_internals_of(string project) =>
        Assert.Empty(XDocument.Load(Repository.File(project)).Descendants("InternalsVisibleTo").Select(e => e.Attribute("Include")?.Value)
            .Except(Friends));

    [Fact]
    public void No_source_file_lets_others_in_either() =>
        Assert.DoesNotContain(Repository.Sources("src"),
            f => File.ReadAllText(Repository.File(f)).Contains("InternalsVisibleTo", StringComparison.Ordinal));
}
