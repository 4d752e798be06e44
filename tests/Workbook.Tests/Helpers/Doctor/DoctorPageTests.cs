using Workbook.Helpers;
using Xunit;

namespace Workbook.Tests.Helpers;

/// <summary>docs/doctor.md and the checks say the same.</summary>
public sealed class DoctorPageTests
{
    static readonly string page = File.ReadAllText(Repository.File("docs/doctor.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_table_of_the_page_is_that_of_the_checks()
    {
        var table = string.Join("\n", Doctor.Checks.Select(c =>
            $"| [{c.Id}](#{c.Id.ToLowerInvariant()}) {c.Name} | {c.Asks} | {c.Means} | {c.Cost} | {c.Advice} |")
            .Prepend("|---|---|---|---|---|").Prepend("| check | what it asks | proof or suspicion | cost | what to do |"));
        Assert.True(page.Contains(table, StringComparison.Ordinal), table);
    }

    [Fact]
    public void Every_link_of_a_check_leads_to_a_heading()
    {
        foreach (var check in Doctor.Checks)
            Assert.Contains($"\n### {check.Id}\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## What the fates mean\n", page, StringComparison.Ordinal);
        Assert.Contains("\n## A loss that is not finite\n", page, StringComparison.Ordinal);
        Assert.Contains("# Who moves a learned variable\n", File.ReadAllText(Repository.File("docs/judges.md")), StringComparison.Ordinal);
        Assert.Contains("# Where a number may be a variable\n",
            File.ReadAllText(Repository.File("docs/variables.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_ten_checks_in_their_order() =>
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"D{i}"), Doctor.Checks.Select(c => c.Id));
}
