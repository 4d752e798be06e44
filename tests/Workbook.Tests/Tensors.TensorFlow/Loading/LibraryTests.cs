using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Workbook.Tensors;
using Workbook.Tensors.TensorFlow.Loading;
using Workbook.Tensors.TensorFlow.Native;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.TensorFlow.Loading;

/// <summary>What is no TensorFlow is refused in words, before it can end the process. None of these tests needs a TensorFlow.</summary>
public sealed class LibraryTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    string Library => sandbox.At(LibrarySearch.Names[0]);

    static string Runtime(string name) => Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(),
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so");

    static string Refusal(string path) => Assert.Throws<EngineException>(() => LibrarySearch.Open(path)).Message;

    [Fact]
    public void A_path_that_is_not_there_is_named()
    {
        var message = Refusal(sandbox.At("nowhere"));
        Assert.Contains(sandbox.At("nowhere"), message, StringComparison.Ordinal);
        Assert.Contains("not there", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_library_is_named_with_what_was_looked_for()
    {
        var message = Refusal(sandbox.Folder);
        Assert.Contains("a folder without", message, StringComparison.Ordinal);
        Assert.Contains(LibrarySearch.Names[^1], message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused_before_the_loader_maps_it()
    {
        var whole = File.ReadAllBytes(Runtime("coreclr"));
        File.WriteAllBytes(Library, whole[..(whole.Length / 2)]);
        Assert.Contains("is truncated", Refusal(Library), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a library")]
    [InlineData("A text that is long enough to be taken for the head of a library, were it not for its first four letters.")]
    public void What_is_no_library_is_refused(string content)
    {
        File.WriteAllText(Library, content);
        Assert.Contains("is no library", Refusal(Library), StringComparison.Ordinal);
    }

    [Fact(Skip = "ELF is Linux' format.", SkipUnless = nameof(IsLinux))]
    public void A_library_for_another_processor_is_refused()
    {
        const int machine = 18, arm64 = 183, x64 = 62;
        var bytes = File.ReadAllBytes(Runtime("coreclr"));
        bytes[machine] = bytes[machine] == x64 ? (byte)arm64 : (byte)x64;
        File.WriteAllBytes(Library, bytes);
        Assert.Contains($"this process is {RuntimeInformation.ProcessArchitecture}", Refusal(Library), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_without_the_C_API_is_refused_and_a_missing_function_named()
    {
        File.Copy(Runtime("System.Native"), Library);
        Assert.Contains("one without TF_Version", Refusal(Library), StringComparison.Ordinal);
    }

    [Fact(Skip = "A library of our own needs gcc.", SkipUnless = nameof(HasGcc))]
    public void A_TensorFlow_older_than_2_10_is_refused()
    {
        var functions = typeof(TensorFlowApi).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name).Where(n => n.StartsWith("TF", StringComparison.Ordinal) && n != "TF_Version").Distinct();
        var source = sandbox.Write("old.c", $"const char *TF_Version(void) {{ return \"2.9.3\"; }}\n{string.Concat(functions.Select(f => $"void {f}(void) {{}}\n"))}");
        using var gcc = Process.Start("gcc", ["-shared", "-fPIC", "-o", Library, source])!;
        gcc.WaitForExit();
        Assert.Equal(0, gcc.ExitCode);
        Assert.Contains("Expected TensorFlow 2.10 or newer", Refusal(Library), StringComparison.Ordinal);
    }

    [Fact(Skip = "Only x64 has AVX.", SkipUnless = nameof(IsX64))]
    public void A_processor_without_AVX_is_noticed_before_TensorFlow_ends_the_process()
    {
        var command = Notebook("Engine.TensorFlow();");
        command.Environment["DOTNET_EnableAVX"] = "0";
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(command)!);
        Assert.Equal(1, exitCode);
        Assert.Contains("Expected a processor with AVX", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_none_the_error_lists_the_places_and_three_ways()
    {
        var command = Notebook("Engine.TensorFlow();");
        foreach (var name in new[] { "WORKBOOK_TENSORFLOW", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX" }) command.Environment.Remove(name);
        // Neither a Python nor a package of the user is to be found.
        command.Environment["PATH"] = Path.GetDirectoryName(Workbook.Host.Workers.HostCommand.Dotnet())!;
        command.Environment["HOME"] = sandbox.Folder;
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(command)!);
        Assert.Equal(1, exitCode);
        foreach (var part in new[] { "Looked in", "system's loader", "Python installations", "SciSharp.TensorFlow.Redist", "lang_c", "pip install" })
            Assert.Contains(part, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_that_nobody_knows_is_refused_by_the_first_op()
    {
        var command = Notebook("tf.zeros(3)", "--backend", "abacus");
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(command)!);
        Assert.Equal(1, exitCode);
        Assert.Contains("expected embedded, tensorflow or tensorflow=PATH. Received: abacus", output + errors, StringComparison.Ordinal);
    }

    ProcessStartInfo Notebook(string code, params string[] options)
    {
        sandbox.Write("n.dib", $"#!csharp\n\n#r \"{Repository.File("artifacts/helpers/Workbook.Tensors.dll")}\"\nusing Workbook.Tensors;\n{code}\n");
        return sandbox.Command(["run", "n.dib", "--no-pictures", .. options]);
    }

    public static bool IsLinux => OperatingSystem.IsLinux();

    public static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static bool HasGcc => OperatingSystem.IsLinux() && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "gcc")));
}
