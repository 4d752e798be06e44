using System.Diagnostics;
using Workbook.Host.Processes;
using Xunit;

namespace Workbook.Tests.Host.Programs;

/// <summary>The SDK itself runs what was written.</summary>
[Trait("speed", "slow")]
public sealed class ProgramRunTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_converted_notebook_runs_as_a_program_and_comes_back()
    {
        const string Dib =
            "#!meta\n\n{\"kernelInfo\":{\"defaultKernelName\":\"csharp\",\"items\":[{\"name\":\"csharp\",\"languageName\":\"C#\",\"aliases\":[\"c#\",\"cs\"]}]}}\n\n#!markdown\n\n# Title\n\n#!csharp\n\nrecord P(int X);\nvar p = new P(20);\n\n#!csharp\n\nusing System.Globalization;\np.X + 1 + CultureInfo.InvariantCulture.LCID - CultureInfo.InvariantCulture.LCID\n";
        sandbox.Write("a.dib", Dib);
        Assert.Equal(0, sandbox.Run("convert", "a.dib", "a.cs").ExitCode);
        var info = new ProcessStartInfo(HostCommand.Dotnet(), ["run", "a.cs"])
        { WorkingDirectory = sandbox.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(info)!);
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal("21", output.Trim());
        Assert.Equal(0, sandbox.Run("convert", "a.cs", "b.dib").ExitCode);
        Assert.Equal(Dib, File.ReadAllText(sandbox.At("b.dib")));
    }

    [Fact]
    public void Convert_says_what_a_program_does_not_hold()
    {
        sandbox.Write("a.dib", "#!csharp\n#!time\nvar a = 1;\n");
        var (exitCode, _, errors) = sandbox.Run("convert", "a.dib", "a.cs");
        Assert.Equal((0, "Cell 1: #!time  is kept as a comment; the program does without it.\n"), (exitCode, errors));
    }
}
