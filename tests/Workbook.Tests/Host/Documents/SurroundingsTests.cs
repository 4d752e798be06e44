using System.Diagnostics;
using Xunit;

namespace Workbook.Tests.Host.Documents;

/// <summary>
/// What lies around a notebook and is read without running it: documentation, data, imports, settings. A pipe or a device there is not
/// waited for, and a link does not lead out.
/// </summary>
[Trait("speed", "slow")]
public sealed class SurroundingsTests : IDisposable
{
    const string Secret = "TOP-SECRET-5f2a";

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    /// <summary>A place, a notebook that leads there, and the commands that pass by.</summary>
    public static TheoryData<string, string, string> Places => new()
    {
        { "books/p.csx", "#load \"p.csx\"", "lint|lint --program|run --no-pictures|run --changed --no-pictures" },
        { "books/p.csx", "#!import p.csx", "lint|run --no-pictures|run --changed --no-pictures" },
        { "books/p.dib", "#!import p.dib", "list|lint|run books/a.dib --no-pictures" },
        { "books/p.dll", "#r \"p.dll\"", "lint|run --no-pictures|run --changed --no-pictures" },
        { "books/p.txt", "#!value --name x --from-file p.txt", "run --no-pictures" },
        { "books/p.csv", "var s = \"p.csv\";", "run --changed --no-pictures" },
        { "books/data/p.csv", "var s = \"p.csv\";", "run --no-pictures|publish --no-pictures|run --changed --no-pictures" },
        { "books/README.md", "1", "list|run --no-pictures|publish --no-pictures" },
        { "docs/p.md", "1", "run --no-pictures|publish --no-pictures" },
        { "docs/glossary.md", "1", "lint|run --no-pictures|publish --no-pictures" },
        { "data/README.md", "1", "run --no-pictures|publish --no-pictures" },
        { ".git", "1", "run --no-pictures|publish --no-pictures|lint" },
        { ".git/config", "1", "run --no-pictures|publish --no-pictures" },
        { "out/green.json", "1", "run --changed --no-pictures" },
        { "books/p.png", "1", "lint|run --no-pictures" },
    };

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Neither_a_pipe_nor_a_device_is_waited_for(string place, string code, string commands)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Pipes and devices are made by Linux' means.");
        foreach (var kind in new[] { "pipe", "zero" })
        {
            sandbox.Write("docs/other.md", "# Other\n");
            sandbox.Write("books/a.dib", $"#!markdown\n# T\n\n![x](p.png)\n\n#!csharp\n{code}\n");
            Directory.CreateDirectory(Path.GetDirectoryName(sandbox.At(place))!);
            File.Delete(sandbox.At(place));
            if (kind == "pipe") Process.Start("mkfifo", [sandbox.At(place)]).WaitForExit();
            else File.CreateSymbolicLink(sandbox.At(place), "/dev/zero");
            foreach (var command in commands.Split('|'))
            {
                string[] words = command.Split(' ');
                string[] line = words.Contains("books/a.dib") ? words : [words[0], "books", .. words[1..]];
                var run = Task.Run(() => sandbox.Run(line));
                Assert.True(await Task.WhenAny(run, Task.Delay(Patience, TestContext.Current.CancellationToken)) == run,
                    $"{command} waits for a {kind} at {place}");
                var (_, output, errors) = await run;
                Assert.DoesNotContain("The runner itself has failed", output + errors);
            }
        }
    }

    /// <summary>A link, and where it leads; the notebook names the file that it would like to have.</summary>
    public static TheoryData<string, string> Links => new()
    {
        { "books/README.md", "private/secret.md" }, { "docs/secret.md", "private/secret.md" },
        { "docs/glossary.md", "private/glossary.md" },
        { "docs", "private" }, { "books/docs", "private" }, { "data", "private" }, { "books/data", "private" },
        { "books/data/sub", "private" }, { "books/data/secret.csv", "private/secret.csv" }, { "data/README.md", "private/secret.md" },
        { "books/secret.png", "private/secret.csv" }, { "books/pictures", "private" },
    };

    [Theory]
    [MemberData(nameof(Links))]
    public void Nothing_that_a_link_leads_to_is_published(string link, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights on Windows.");
        foreach (var name in new[] { "secret.md", "README.md" }) sandbox.Write($"away/private/{name}", $"# {Secret}\n\n{Secret}\n");
        sandbox.Write("away/private/secret.csv", $"{Secret}\n");
        sandbox.Write("away/private/secret.png", $"{Secret}\n");
        sandbox.Write("away/private/glossary.md", $"| term | meaning | where |\n|-|-|-|\n| words | {Secret} | [x](x.md) |\n");
        sandbox.Write("site/books/a.dib",
            "#!markdown\n# T\n\nSome words. ![x](secret.png) ![y](pictures/secret.png)\n\n#!csharp\nvar s = \"secret.csv\";\n");
        Directory.CreateDirectory(Path.GetDirectoryName(sandbox.At($"site/{link}"))!);
        var from = sandbox.At($"away/{target}");
        if (Directory.Exists(from)) Directory.CreateSymbolicLink(sandbox.At($"site/{link}"), from);
        else File.CreateSymbolicLink(sandbox.At($"site/{link}"), from);
        var (exitCode, output, errors) = sandbox.Run("publish", "site/books", "--out", "book", "--no-pictures");
        Assert.True(exitCode == 0, output + errors);
        foreach (var file in Directory.GetFiles(sandbox.At("book"), "*", SearchOption.AllDirectories))
            Assert.False(File.ReadAllText(file).Contains(Secret), Path.GetRelativePath(sandbox.At("book"), file));
    }

    /// <summary>Code that nests so deep that its reader would take the whole stack, at each place where code is read.</summary>
    [Theory]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("[")]
    [InlineData("A<")]
    [InlineData("x=>(")]
    public void Code_that_nests_deep_ends_no_command(string part)
    {
        var deep = string.Concat(Enumerable.Repeat(part, 100_000));
        sandbox.Write("books/b.csx", $"#r \"x.dll\"\nvar a = {deep}\n");
        sandbox.Write("books/a.dib", $"#!csharp\n#load \"b.csx\"\n\n#!csharp\n#r \"x.dll\"\nvar a = {deep}\n");
        sandbox.Write("books/c.dib", "#!csharp\nConsole.WriteLine(\"fine\");\n");
        foreach (var command in new[] { "list books", "lint books", "lint --program books", "convert books/a.dib books/a.cs --force",
            "run books --changed --no-pictures --timeout 30", "publish out --out book --no-pictures" })
        {
            // A stack that overflows would end these tests, so the program itself is asked.
            var (exitCode, output, errors) = sandbox.RunProgram(command.Split(' '));
            Assert.InRange(exitCode, 0, 3);
            Assert.DoesNotContain("The runner itself has failed", output + errors);
        }

        Assert.Equal("fine\n", sandbox.Stream("c", "stdout"));
    }
}
