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
[Trait("speed", "slow")]
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

    /// <summary>Where a number of a header lies, its size, what it becomes, and what is said.</summary>
    [Theory(Skip = "ELF is Linux' format.", SkipUnless = nameof(IsLinux))]
    [InlineData(32, 8, 0xFF, "is no library")]
    [InlineData(54, 4, 0xFF, "is no library")]
    [InlineData(0, 64, 0xFF, "does not begin as one does")]
    [InlineData(0, 64, 0, "does not begin as one does")]
    public void A_damaged_header_is_refused(int at, int size, byte value, string expected)
    {
        var bytes = File.ReadAllBytes(Runtime("System.Native"));
        bytes.AsSpan(at, size).Fill(value);
        File.WriteAllBytes(Library, bytes);
        Assert.Contains(expected, Refusal(Library), StringComparison.Ordinal);
    }

    [Fact(Skip = "ELF is Linux' format.", SkipUnless = nameof(IsLinux))]
    public void A_file_of_full_length_that_is_not_filled_is_refused()
    {
        var bytes = File.ReadAllBytes(Runtime("System.Native"));
        bytes.AsSpan(4096).Clear();
        File.WriteAllBytes(Library, bytes);
        Assert.Contains("the file is not complete", Refusal(Library), StringComparison.Ordinal);
    }

    [Fact(Skip = "ELF is Linux' format.", SkipUnless = nameof(IsLinux))]
    public void A_library_of_32_bits_is_told_its_processor()
    {
        var bytes = File.ReadAllBytes(Runtime("System.Native"));
        (bytes[4], bytes[18], bytes[19]) = (1, 3, 0);
        File.WriteAllBytes(Library, bytes);
        Assert.Contains("is for X86; this process is", Refusal(Library), StringComparison.Ordinal);
    }

    [Fact(Skip = "macOS reads it.", SkipWhen = nameof(IsMac))]
    public void A_library_of_macOS_is_refused_elsewhere()
    {
        File.WriteAllBytes(Library, [0xCF, 0xFA, 0xED, 0xFE, .. Enumerable.Repeat((byte)0xFF, 120)]);
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
        var functions = typeof(TensorFlowApi).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name)
            .Where(n => n.StartsWith("TF", StringComparison.Ordinal) && n != "TF_Version").Distinct();
        var source = sandbox.Write("old.c",
            $"const char *TF_Version(void) {{ return \"2.9.3\"; }}\n{string.Concat(functions.Select(f => $"void {f}(void) {{}}\n"))}");
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
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(Lonely())!);
        Assert.Equal(1, exitCode);
        foreach (var part in new[] { "Looked in", "system's loader", "Python installations", "SciSharp.TensorFlow.Redist", "lang_c",
            "pip install" })
            Assert.Contains(part, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_the_search_finds_is_looked_at_before_it_is_loaded_and_the_search_goes_on()
    {
        var whole = File.ReadAllBytes(Runtime("coreclr"));
        Directory.CreateDirectory(sandbox.At("loader"));
        File.WriteAllBytes(sandbox.At($"loader/{LibrarySearch.Names[0]}"), whole[..(whole.Length / 2)]);
        sandbox.Write($"packages/tensorflow/{LibrarySearch.Names[^1]}", "A text.");
        var command = Lonely();
        command.Environment[LoaderVariable] = sandbox.At("loader") + Path.PathSeparator
            + Environment.GetEnvironmentVariable(LoaderVariable);
        command.Environment["PYTHONPATH"] = sandbox.At("packages");
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(command)!);
        Assert.Equal(1, exitCode);
        Assert.Matches(
            $@"(?s)the system's loader: .*{LibrarySearch.Names[0]} is truncated.*the Python installations.*{LibrarySearch.Names[^1]} is no library", output + errors);
    }

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void Python_s_is_taken_where_the_loader_finds_only_a_truncated_one()
    {
        var whole = File.ReadAllBytes(Runtime("coreclr"));
        File.WriteAllBytes(Library, whole[..(whole.Length / 2)]);
        Directory.CreateDirectory(sandbox.At("packages"));
        Directory.CreateSymbolicLink(sandbox.At("packages/tensorflow"), Path.GetDirectoryName(Path.GetFullPath(InstalledTensorFlow.File))!);
        var command = Lonely();
        command.Environment[LoaderVariable] = sandbox.Folder + Path.PathSeparator + Environment.GetEnvironmentVariable(LoaderVariable);
        command.Environment["PYTHONPATH"] = sandbox.At("packages");
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(command)!);
        Assert.True(exitCode == 0, output + errors);
        Assert.StartsWith("TensorFlow 2", sandbox.Stream("n", "stdout"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abacus")]
    [InlineData("TensorFlow")]
    [InlineData("tensorflow=")]
    [InlineData("embedded=1")]
    public void A_backend_that_nobody_knows_is_refused_on_the_command_line(string name)
    {
        var (exitCode, _, errors) = Sandbox.Finish(Process.Start(Notebook("tf.zeros(3)", "--backend", name))!);
        Assert.Equal(Workbook.Host.Processes.ExitCodes.Usage, exitCode);
        Assert.Contains($"--backend: expected embedded, tensorflow or tensorflow=PATH. Received: {name}", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_backend_of_the_environment_that_nobody_knows_is_refused_by_the_first_op()
    {
        var command = Notebook("tf.zeros(3)");
        command.Environment["WORKBOOK_BACKEND"] = "abacus";
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(command)!);
        Assert.Equal(1, exitCode);
        Assert.Contains("expected embedded, tensorflow or tensorflow=PATH. Received: abacus", output + errors, StringComparison.Ordinal);
    }

    static string LoaderVariable =>
        OperatingSystem.IsWindows() ? "PATH" : OperatingSystem.IsMacOS() ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";

    /// <summary>A notebook that switches where neither a Python nor a package of the user is to be found.</summary>
    ProcessStartInfo Lonely()
    {
        var command = Notebook("Engine.TensorFlow();");
        foreach (var name in new[] { "WORKBOOK_TENSORFLOW", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX" }) command.Environment.Remove(name);
        command.Environment["PATH"] = Path.GetDirectoryName(Workbook.Host.Processes.HostCommand.Dotnet())!;
        command.Environment["HOME"] = sandbox.Folder;
        return command;
    }

    ProcessStartInfo Notebook(string code, params string[] options)
    {
        sandbox.Write("n.dib",
            $"#!csharp\n\n#r \"{Repository.File("artifacts/helpers/Workbook.Tensors.dll")}\"\nusing Workbook.Tensors;\n{code}\n");
        return sandbox.Command(["run", "n.dib", "--no-pictures", .. options]);
    }

    public static bool IsLinux => OperatingSystem.IsLinux();

    public static bool IsMac => OperatingSystem.IsMacOS();

    public static bool IsX64 => RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static bool HasGcc =>
        OperatingSystem.IsLinux()
            && (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "gcc")));
}
