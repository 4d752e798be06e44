using System.Diagnostics;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Documents;

public sealed class NotebookSearchTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    FoundNotebooks Find(string path = "books") =>
        NotebookSearch.Find([sandbox.At(path)], sandbox.At("out"), sandbox.Folder, TestContext.Current.CancellationToken);

    static IEnumerable<string> Names(FoundNotebooks found) => found.Notebooks.Select(n => n.Name);

    [Fact]
    public void A_notebook_behind_a_link_is_read_to_its_end_and_held_to_the_limit()
    {
        sandbox.Write("real.dib", $"#!csharp\n\n{new string('1', 200)}");
        File.CreateSymbolicLink(sandbox.At("a.dib"), "real.dib");
        Assert.Equal(210, Workbook.Host.Files.RegularFile.Read(sandbox.At("a.dib")).Length);
        Assert.Throws<IOException>(() => Workbook.Host.Files.RegularFile.Read(sandbox.At("a.dib"), limit: 100));
    }

    [Fact]
    public void A_link_that_leads_back_is_named_and_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take rights there that a test does not have.");
        sandbox.Write("books/a.dib", "1");
        sandbox.Write("books/deep/b.dib", "1");
        foreach (var (link, target) in new[] { ("books/self", "."), ("books/again", "."), ("books/deep/up", ".."), ("books/all", "/"),
            ("books/round", "round") })
            File.CreateSymbolicLink(sandbox.At(link), target);
        var found = Find();
        Assert.Equal(["a", "deep/b"], Names(found));
        Assert.Empty(found.Problems);
        Assert.Equal(4, found.Notices.Count(n => n.Contains("the link leads back to", StringComparison.Ordinal)));
    }

    [Fact]
    public void Each_real_folder_is_searched_once_whatever_links_lead_to_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take rights there that a test does not have.");
        sandbox.Write("books/z/b.dib", "1");
        sandbox.Write("elsewhere/c.dib", "1");
        File.CreateSymbolicLink(sandbox.At("books/a"), "z");
        File.CreateSymbolicLink(sandbox.At("books/one"), "../elsewhere");
        File.CreateSymbolicLink(sandbox.At("books/two"), "one");
        var found = Find();
        Assert.Equal(["one/c", "z/b"], Names(found));
        Assert.Equal(2, found.Notices.Count);
    }

    [Fact]
    public void Forty_links_of_two_kinds_are_not_a_search_without_end()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take rights there that a test does not have.");
        sandbox.Write("books/x0/n.dib", "1");
        for (var i = 1; i <= 40; i++)
        {
            Directory.CreateDirectory(sandbox.At($"books/x{i}"));
            foreach (var name in new[] { "a", "b" }) File.CreateSymbolicLink(sandbox.At($"books/x{i}/{name}"), $"../x{i - 1}");
        }

        Assert.Equal(["x0/n"], Names(Find()));
    }

    [Theory]
    [InlineData("pipe", "a pipe")]
    [InlineData("zero", "a device")]
    [InlineData("socket", "a socket")]
    public void What_is_no_file_is_named_and_passed_over(string what, string words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such things among files.");
        sandbox.Write("books/a.dib", "1");
        var path = sandbox.At("books/x.dib");
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, 0);
        if (what == "pipe") Process.Start("mkfifo", path).WaitForExit();
        else if (what == "zero") File.CreateSymbolicLink(path, "/dev/zero");
        else socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(path));
        var found = Find();
        Assert.Equal(["a"], Names(found));
        Assert.Contains($"x.dib: not run, because it is no file but {words}.", Assert.Single(found.Problems));
        Assert.Contains(words, Assert.Throws<IOException>(() => NotebookFile.Read(path)).Message);
    }

    [Theory]
    [InlineData("a\u0001.dib")]
    [InlineData("n\n::error::x.dib")]
    [InlineData("e\u001b]0;x.dib")]
    [InlineData("sub\r/a.dib")]
    public void A_name_that_would_steer_a_terminal_is_shown_escaped_and_passed_over(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such names.");
        sandbox.Write("books/good.dib", "1");
        sandbox.Write($"books/{name}", "1");
        var found = Find();
        Assert.Equal(["good"], Names(found));
        Assert.Contains("control character", Assert.Single(found.Problems));
        Assert.DoesNotContain(found.Problems.Single(), char.IsControl);
    }

    [Fact]
    public void A_name_whose_results_could_not_be_written_is_passed_over_and_a_shorter_one_is_run()
    {
        sandbox.Write($"books/{new string('y', 251)}.dib", "1");
        sandbox.Write($"books/{new string('z', 245)}.dib", "1");
        var found = Find();
        Assert.Equal([new string('z', 245)], Names(found));
        Assert.Contains("Shorten its name", Assert.Single(found.Problems));
    }

    [Fact]
    [Trait("speed", "slow")]
    public void A_folder_that_cannot_be_read_costs_the_others_nothing()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights are of another kind there.");
        sandbox.Write("books/a.dib", "1");
        sandbox.Write("books/closed/b.dib", "1");
        Process.Start("chmod", ["0", sandbox.At("books/closed")]).WaitForExit();
        try
        {
            var (exitCode, output, errors) = Sandbox.Finish(Process.Start(Unprivileged("list", "books"))!);
            Assert.Equal(2, exitCode);
            Assert.Contains("books/a.dib: no title", output);
            Assert.Contains("books/closed: passed over, because the folder cannot be read", errors);
        }
        finally
        {
            Process.Start("chmod", ["700", sandbox.At("books/closed")]).WaitForExit();
        }
    }

    /// <summary>The program without root's power to read everything.</summary>
    ProcessStartInfo Unprivileged(params string[] arguments)
    {
        var info = sandbox.Command(arguments);
        if (Environment.UserName != "root") return info;
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "As root, setpriv (util-linux) has to take root's rights away.");
        string[] command = ["--bounding-set=-all", "--inh-caps=-all", "--", info.FileName, .. info.ArgumentList];
        info.FileName = "/usr/bin/setpriv";
        info.ArgumentList.Clear();
        foreach (var argument in command) info.ArgumentList.Add(argument);
        return info;
    }
}
