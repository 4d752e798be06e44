using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Workbook.Tests.Host.Jupyter;

[Trait("speed", "slow")]
public sealed class KernelSpecTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    string Spec(string name) => sandbox.At($"data/kernels/{name}/kernel.json");

    (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        var info = sandbox.Command(["jupyter", .. arguments]);
        info.Environment["JUPYTER_DATA_DIR"] = sandbox.At("data");
        return Sandbox.Finish(Process.Start(info)!);
    }

    [Fact]
    public void An_installed_kernel_starts_this_program_by_full_paths_and_is_interrupted_by_message()
    {
        var (exitCode, output, _) = Run("install");
        Assert.Equal(0, exitCode);
        Assert.Contains(".NET (C#)", output);
        var spec = JsonNode.Parse(File.ReadAllText(Spec(".net-csharp")))!;
        var arguments = spec["argv"]!.AsArray().Select(a => (string)a!).ToList();
        Assert.All(arguments.Take(2), a => Assert.True(Path.IsPathFullyQualified(a) && File.Exists(a), a));
        Assert.Equal(["jupyter", "start", "{connection_file}"], arguments.Skip(2));
        Assert.Equal("message", (string?)spec["interrupt_mode"]);
        Assert.Equal("C#", (string?)spec["language"]);
        Assert.Equal(0, Run("install").ExitCode);
        Assert.Equal(0, Run("uninstall").ExitCode);
        Assert.False(Directory.Exists(Path.GetDirectoryName(Spec(".net-csharp"))));
        Assert.Equal(2, Run("uninstall").ExitCode);
    }

    [Fact]
    public void A_kernel_can_have_another_name_but_no_path()
    {
        Assert.Equal(0, Run("install", "--name", "Mine", "--display-name", "My C#").ExitCode);
        Assert.Equal("My C#", (string?)JsonNode.Parse(File.ReadAllText(Spec("mine")))!["display_name"]);
        var (exitCode, _, errors) = Run("install", "--name", "../../mine");
        Assert.Equal(2, exitCode);
        Assert.Contains("--name: expected letters", errors);
        Assert.All(new[] { ".", "..", "-" }, n => Assert.Equal(2, Run("uninstall", "--name", n).ExitCode));
        Assert.True(File.Exists(Spec("mine")));
    }

    [Theory]
    [InlineData("""{"argv":["dotnet-interactive","jupyter","{connection_file}"],"display_name":".NET (C#)"}""")]
    [InlineData("not JSON")]
    public void The_kernel_of_another_program_is_neither_replaced_unasked_nor_removed(string theirs)
    {
        sandbox.Write("data/kernels/.net-csharp/kernel.json", theirs);
        var (exitCode, _, errors) = Run("install");
        Assert.Equal(2, exitCode);
        Assert.Contains("--force", errors);
        Assert.Equal(2, Run("uninstall").ExitCode);
        Assert.Equal(theirs, File.ReadAllText(Spec(".net-csharp")));
        Assert.Equal(0, Run("install", "--force").ExitCode);
        Assert.NotEqual(theirs, File.ReadAllText(Spec(".net-csharp")));
    }

    [Fact]
    public void A_connection_file_that_is_not_there_is_named()
    {
        var (exitCode, _, errors) = Run("start", "nowhere.json");
        Assert.Equal(2, exitCode);
        Assert.Contains("nowhere.json", errors);
    }
}
