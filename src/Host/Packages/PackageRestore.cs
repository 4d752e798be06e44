using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Workbook.Host.Processes;
using Workbook.Host.Wording;

namespace Workbook.Host.Packages;

/// <summary>
/// Restores packages with the SDK's own NuGet, in a project made for the set. The result is kept under a name made of the set's content,
/// with its lock file, so that a set is restored once and stays what it was.
/// </summary>
static partial class PackageRestore
{
    const string List = "files.txt", Notes = "notes.txt", Holes = "holes.txt";

    /// <summary>The variable that names another folder for the results.</summary>
    public const string FolderVariable = "WORKBOOK_PACKAGES";

    static string Root => Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "workbook", "packages");

    /// <summary>The files of the packages, restored now if they have not been before.</summary>
    /// <exception cref="PackageException">A package or version does not exist or cannot be had, or there is no SDK.</exception>
    /// <exception cref="OperationCanceledException">The restore was ended.</exception>
    public static PackageFiles Get(PackageSet set, CancellationToken cancellation = default)
    {
        var files = Find(set, cancellation);
        if (!set.IsLocked) return files;
        var floating = set.Packages.Where(p => p.Value.Contains('*')).Select(p => $"{p.Key}: no version is named.");
        var refusals = floating.Concat(files.Notes).ToList();
        return refusals.Count == 0 ? files
            : throw new PackageException(
                $"--locked: expected each package in the version that is asked for. {string.Join(' ', refusals)} Ask for a version that "
                    + "there is.");
    }

    static PackageFiles Find(PackageSet set, CancellationToken cancellation)
    {
        var key = $"{set.Key}\n{Environment.Version.Major}.{Environment.Version.Minor} {RuntimeInformation.RuntimeIdentifier}";
        var folder = Path.Combine(Root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]);
        if (Read(folder) is { } known) return known;
        var made = $"{folder}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(made);
            Restore(set, made, cancellation);
            Publish(made, folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PackageException(
                $"Expected a folder that can be written for restored packages. Received: {Root} ({e.Message}) "
                    + $"Name another one by the variable {FolderVariable}.");
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        }

        return Read(folder)
            ?? throw new PackageException(
                $"The packages {Words(set)} were restored, but files of theirs are missing. "
                    + "Clear the package cache (dotnet nuget locals all --clear) and run again.");
    }

    /// <summary>
    /// Puts the whole result in place at once. Another process may have done the same in the meantime; its result is as good.
    /// </summary>
    static void Publish(string made, string folder)
    {
        if (Directory.Exists(folder) && Read(folder) is null) Directory.Delete(folder, recursive: true);
        try
        {
            if (!Directory.Exists(folder)) Directory.Move(made, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // It came between the question and the move.
        }
    }

    static PackageFiles? Read(string folder)
    {
        var list = Path.Combine(folder, List);
        if (!File.Exists(list)) return null;
        var files = File.ReadAllLines(list).Select(l => l.Split('|', 2)).Where(p => p.Length == 2).ToList();
        if (!files.All(f => File.Exists(f[1]))) return null;
        return new PackageFiles(
            [.. files.Where(f => f[0] == "runtime" && f[1].EndsWith(".dll", StringComparison.OrdinalIgnoreCase)).Select(f => f[1])],
            [.. files.Where(f => f[0] == "native").Select(f => f[1])],
            Lines(folder, Notes), Lines(folder, Holes));
    }

    static string[] Lines(string folder, string name) =>
        Path.Combine(folder, name) is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    static void Restore(PackageSet set, string folder, CancellationToken cancellation)
    {
        File.WriteAllText(Path.Combine(folder, "packages.csproj"), Project(set).ToString());
        var info = new ProcessStartInfo(HostCommand.Dotnet())
        { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in new[] { "msbuild", "packages.csproj", "-restore", "-t:WriteFiles", "-nologo", "-v:q",
            "-nodeReuse:false" }) info.ArgumentList.Add(argument);
        using var process = Start(info);
        using var ending = cancellation.Register(() => process.Kill(entireProcessTree: true));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
            throw new PackageException(
                $"The packages {Words(set)} could not be restored. Check names, versions and the network. "
                    + $"NuGet says:\n{Shortened(output, folder)}");
        File.WriteAllLines(Path.Combine(folder, Notes), OtherVersions(output));
        File.WriteAllLines(Path.Combine(folder, Holes), KnownHoles(output));
    }

    /// <summary>
    /// Where NuGet took the nearest version that there is. It says so as NU1601 where it writes a lock file, and else as NU1603.
    /// </summary>
    static IEnumerable<string> OtherVersions(string output) => OtherVersion().Matches(output)
        .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} was asked for and cannot be had; {m.Groups[3].Value} is used instead.")
            .Distinct();

    static IEnumerable<string> KnownHoles(string output) => KnownHole().Matches(output)
        .Select(m => $"{m.Groups[1].Value} {m.Groups[2].Value} has a known hole ({m.Groups[3].Value}): {m.Groups[4].Value}").Distinct();

    static Process Start(ProcessStartInfo info)
    {
        try
        {
            return OwnChildren.Start(info);
        }
        catch (Win32Exception e)
        {
            throw new PackageException(
                $"Packages are restored by the .NET SDK, which cannot be started: {e.Message} Install it, or put dotnet on the PATH.");
        }
    }

    static XElement Project(PackageSet set)
    {
        XElement Property(string name, string value) => new(name, value);
        return new XElement("Project",
            new XElement("PropertyGroup",
                Property("ImportDirectoryBuildProps", "false"),
                Property("ImportDirectoryBuildTargets", "false"),
                Property("ImportDirectoryPackagesProps", "false")),
            new XElement("Import", new XAttribute("Project", "Sdk.props"), new XAttribute("Sdk", "Microsoft.NET.Sdk")),
            new XElement("PropertyGroup",
                Property("TargetFramework", $"net{Environment.Version.Major}.{Environment.Version.Minor}"),
                Property("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
                Property("SelfContained", "false"),
                Property("UseAppHost", "false"),
                Property("CopyLocalLockFileAssemblies", "true"),
                Property("RestorePackagesWithLockFile", "true"),
                Property("RestoreAdditionalProjectSources", string.Join(';', set.Sources)),
                Property("NuGetAudit", "true"),
                Property("NuGetAuditMode", "all")),
            new XElement("ItemGroup",
                set.Packages.Select(
                    p => new XElement("PackageReference", new XAttribute("Include", p.Key), new XAttribute("Version", p.Value)))),
            new XElement("Import", new XAttribute("Project", "Sdk.targets"), new XAttribute("Sdk", "Microsoft.NET.Sdk")),
            new XElement("Target", new XAttribute("Name", "WriteFiles"), new XAttribute("DependsOnTargets", "ResolveReferences"),
                new XElement("WriteLinesToFile",
                    new XAttribute("File", List),
                    new XAttribute("Lines", "@(ReferenceCopyLocalPaths->'%(AssetType)|%(FullPath)')"),
                    new XAttribute("Overwrite", "true"))));
    }

    static string Words(PackageSet set) => string.Join(", ", set.Packages.Select(p => p.Value == "*" ? p.Key : $"{p.Key} {p.Value}"));

    static string Shortened(string output, string folder) =>
        string.Join('\n', output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(l => l.Replace(Path.Combine(folder, "packages.csproj"), "", StringComparison.Ordinal)
            .Replace(" []", "", StringComparison.Ordinal)).Distinct().Take(10));

    [GeneratedRegex(@"NU1601: Dependency specified was (\S+) \(>= ([^)\s]+)\) but ended up with \S+ (\S+)\.")]
    private static partial Regex OtherVersion();

    [GeneratedRegex(@"NU190[1-4]: Package '([^']+)' (\S+) has a known (\w+) severity vulnerability, (\S+[^\s.])")]
    private static partial Regex KnownHole();
}
