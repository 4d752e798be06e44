using System.Diagnostics;
using System.Security.Cryptography;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Packages;

/// <summary>The same commit, built as CI builds it in two folders, gives the same bytes.</summary>
[Trait("speed", "slow")]
public sealed class ReproducibleTests
{
    [Fact]
    public void Each_assembly_that_is_packed_has_the_same_bytes_in_whichever_folder_it_is_built()
    {
        Assert.SkipUnless(Path.Exists(Repository.File(".git")), "This is no checkout of git, so it cannot be cloned.");
        using var sandbox = new Sandbox();
        var (here, there) = (Built(sandbox.At("a")), Built(sandbox.At("a-folder-of-another-length/b")));
        string[] names = ["workbook", "Workbook.Tensors", "Workbook.Keras", "Workbook.Helpers", "Workbook.Tensors.TensorFlow",
            "Workbook.Interactive"];
        Assert.Equal(names.SelectMany(n => new[] { $"{n}.dll", $"{n}.pdb", $"{n}.xml" }).Order(StringComparer.Ordinal), here.Keys);
        Assert.Equal(here, there);
    }

    /// <summary>Names and hashes of what a clone of the last commit builds; CI's variable makes paths and versions the commit's.</summary>
    static SortedDictionary<string, string> Built(string folder)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        Run(Repository.Root, "git", "clone", "--quiet", Repository.Root, folder);
        foreach (var project in new[] { "src/Host", "src/Tensors.TensorFlow" })
            Run(folder, "dotnet", "build", project, "-c", "Release", "-p:RunAnalyzers=false", "-v", "q", "-nologo");
        var built = Directory.GetFiles(Path.Combine(folder, "src"), "*", SearchOption.AllDirectories)
            .Where(f => f.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
                && !f.Contains($"{Path.DirectorySeparatorChar}ref", StringComparison.Ordinal))
            .Where(f => Path.GetFileNameWithoutExtension(f).StartsWith("workbook", StringComparison.OrdinalIgnoreCase)
                && Path.GetExtension(f) is ".dll" or ".pdb" or ".xml");
        return new(built.GroupBy(f => Path.GetFileName(f)).ToDictionary(g => g.Key,
            g => string.Join(' ', g.Select(f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))).Distinct())),
            StringComparer.Ordinal);
    }

    static void Run(string folder, string program, params string[] arguments)
    {
        var info = new ProcessStartInfo(program, arguments)
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A build in a build would write where this one does.
        foreach (var name in (string[])["MSBUILDNOINPROCNODE", "MSBuildExtensionsPath", "MSBuildSDKsPath", "DOTNET_CLI_CONTEXT_VERBOSE"])
            info.Environment.Remove(name);
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["CI"] = "true";
        var (exitCode, output, errors) = Sandbox.Finish(Process.Start(info)!);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {exitCode}:\n{output}\n{errors}");
    }
}
