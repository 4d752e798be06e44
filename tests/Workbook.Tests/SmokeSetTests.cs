using System.Text.RegularExpressions;
using Xunit;

namespace Workbook.Tests;

/// <summary>The smoke set, all tests without the trait <c>speed=slow</c>, answers in seconds.</summary>
public sealed partial class SmokeSetTests
{
    /// <summary>What starts a process, a kernel or a browser, or runs cells in a process of their own.</summary>
    [GeneratedRegex(@"\.RunProgram\(|sandbox\.Start\(|Process\.Start\(|\bWorkerProcess\b|KernelFixture|KernelClient\.|BrowserFixture|[Ss]andbox\.Run\(""run""|WorkbookKernel")]
    private static partial Regex StartsProcess();

    public static TheoryData<string> Files() =>
    [
        .. Repository.Sources("tests").Where(f => f.EndsWith("Tests.cs", StringComparison.Ordinal)
            && Path.GetFileName(f) != "SmokeSetTests.cs" && StartsProcess().IsMatch(File.ReadAllText(Repository.File(f)))),
    ];

    [Theory, MemberData(nameof(Files))]
    public void What_starts_a_process_is_marked_as_slow(string file) =>
        Assert.Contains("[Trait(\"speed\", \"slow\")]", File.ReadAllText(Repository.File(file)), StringComparison.Ordinal);
}
