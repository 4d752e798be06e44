using System.Diagnostics;
using System.IO.Compression;
using System.Runtime.InteropServices;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.TensorFlow.Loading;

/// <summary>
/// A notebook asks for the package SciSharp.TensorFlow.Redist and switches: its layout is made again here, of the library that is
/// installed.
/// </summary>
[Trait("speed", "slow")]
public sealed class PackageTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void Two_lines_of_a_notebook_bring_TensorFlow()
    {
        var (exitCode, output, errors) = Run(InstalledTensorFlow.File);
        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"TensorFlow 2\..* gives 6\b", sandbox.Stream("n", "stdout"));
    }

    [Fact]
    public void A_truncated_library_in_the_package_is_named()
    {
        var broken = sandbox.At("broken");
        var whole = File.ReadAllBytes(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(),
                OperatingSystem.IsWindows() ? "coreclr.dll" : OperatingSystem.IsMacOS() ? "libcoreclr.dylib" : "libcoreclr.so"));
        File.WriteAllBytes(broken, whole[..(whole.Length / 2)]);
        var (_, output, errors) = Run(broken);
        Assert.Matches(@"scisharp\.tensorflow\.redist.* is truncated", output + errors);
    }

    (int ExitCode, string Output, string Errors) Run(string library)
    {
        Pack(library);
        sandbox.Write("n.dib", $"""
            #!csharp

            #i "nuget: packages"
            #r "{Repository.File("artifacts/helpers/Workbook.Tensors.dll")}"
            using Workbook.Tensors;

            #!csharp

            #r "nuget: SciSharp.TensorFlow.Redist, 2.16.0"
            Engine.TensorFlow();

            #!csharp

            var x = tf.Variable(3.0);
            using (var tape = tf.GradientTape())
                Console.WriteLine(Engine.Name + " gives " + (double)tape.gradient(x * x, x));
            """);
        var command = sandbox.Command("run", "n.dib", "--no-pictures");
        command.Environment.Remove("WORKBOOK_TENSORFLOW");
        command.Environment["NUGET_PACKAGES"] = sandbox.At("restored");
        return Sandbox.Finish(Process.Start(command)!);
    }

    /// <summary>Stored, not compressed: the library has some 600 MB.</summary>
    void Pack(string library)
    {
        var native = $"runtimes/{RuntimeInformation.RuntimeIdentifier}/native";
        Directory.CreateDirectory(sandbox.At("packages"));
        using var package = ZipFile.Open(sandbox.At("packages/SciSharp.TensorFlow.Redist.2.16.0.nupkg"), ZipArchiveMode.Create);
        using (var specification = new StreamWriter(package.CreateEntry("SciSharp.TensorFlow.Redist.nuspec").Open()))
            specification.Write("""
                <?xml version="1.0"?>
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata><id>SciSharp.TensorFlow.Redist</id><version>2.16.0</version><authors>test</authors><description>The layout of the package.</description></metadata>
                </package>
                """);
        package.CreateEntryFromFile(library,
            $"{native}/{(OperatingSystem.IsWindows() ? "tensorflow.dll" : OperatingSystem.IsMacOS() ? "libtensorflow.dylib" : "libtensorflow.so")}", CompressionLevel.NoCompression);
        foreach (var framework in Directory.GetFiles(Path.GetDirectoryName(library)!, "libtensorflow_framework.*"))
            package.CreateEntryFromFile(framework, $"{native}/{Path.GetFileName(framework)}", CompressionLevel.NoCompression);
    }
}
