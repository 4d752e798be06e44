using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Workbook.Tests;

/// <summary>What a build takes in is named exactly, and what it may do is little.</summary>
public sealed partial class SupplyChainTests
{
    static IEnumerable<string> Workflows => Directory.GetFiles(Repository.File(".github/workflows"), "*.yml").Select(File.ReadAllText);

    [Fact]
    public void Every_action_is_named_by_a_commit_and_says_which_version_that_is()
    {
        var uses = Workflows.SelectMany(w => Uses().Matches(w)).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(uses);
        Assert.All(uses, u => Assert.Matches("^[A-Za-z0-9-]+/[A-Za-z0-9-]+@[0-9a-f]{40} # v[0-9.]+$", u));
    }

    [Fact]
    public void A_workflow_may_only_read_and_leaves_no_token_in_its_folder()
    {
        Assert.All(Workflows, w =>
        {
            Assert.Contains("\npermissions:\n  contents: read\n", w);
            Assert.Equal(w.Split("actions/checkout@").Length, w.Split("persist-credentials: false").Length);
            Assert.DoesNotContain("pull_request_target", w);
        });
    }

    [Fact]
    public void Packages_come_from_one_place_whatever_a_machine_is_set_up_with()
    {
        var sources = XDocument.Load(Repository.File("nuget.config")).Descendants("packageSources").Single().Elements().ToList();
        Assert.Equal(["clear", "add"], sources.Select(s => s.Name.LocalName));
        Assert.Equal("https://api.nuget.org/v3/index.json", (string?)sources[1].Attribute("value"));
        var mapped = XDocument.Load(Repository.File("nuget.config")).Descendants("packageSourceMapping").Single().Elements().Single();
        Assert.Equal(("nuget.org", "*"), ((string?)mapped.Attribute("key"), (string?)mapped.Elements().Single().Attribute("pattern")));
    }

    [Fact]
    public void Every_project_has_a_lock_file_with_a_hash_for_each_package()
    {
        var projects =
            new[] { "src", "tests", "bench" }.SelectMany(
                f => Directory.GetFiles(Repository.File(f), "*.csproj", SearchOption.AllDirectories))
            .Where(p => !p.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).ToList();
        Assert.True(projects.Count > 6);
        Assert.All(projects, p =>
        {
            var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(p)!, "packages.lock.json"));
            Assert.Equal(Regex.Count(text, "\"resolved\": "), Regex.Count(text, "\"contentHash\": "));
        });
    }

    [GeneratedRegex(@"(?m)uses: (\S.*)$")]
    private static partial Regex Uses();
}
