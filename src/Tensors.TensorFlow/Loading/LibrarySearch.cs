using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Workbook.Tensors.TensorFlow.Loading;

/// <summary>
/// Where a TensorFlow library is looked for, in this order: a path given, the environment, the application and its packages, the system's
/// loader, a Python installation.
/// </summary>
static class LibrarySearch
{
    /// <summary>The environment variable that names the library or its folder.</summary>
    public const string Variable = "WORKBOOK_TENSORFLOW";

    /// <summary>What the library is called: official downloads and SciSharp.TensorFlow.Redist first, then Python's.</summary>
    public static string[] Names { get; } =
        OperatingSystem.IsWindows() ? ["tensorflow.dll"]
        : OperatingSystem.IsMacOS() ? ["libtensorflow.2.dylib", "libtensorflow.dylib", "libtensorflow_cc.2.dylib"]
        : ["libtensorflow.so.2", "libtensorflow.so", "libtensorflow_cc.so.2"];

    /// <summary>The first library that can be used.</summary>
    /// <param name="path">A library or its folder, and then only that; null: search.</param>
    /// <exception cref="EngineException">None; the message lists the places.</exception>
    public static TensorFlowLibrary Open(string? path)
    {
        // TensorFlow ends the process when an instruction is missing that it was compiled for; its own builds need AVX.
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64 && !Avx.IsSupported)
            throw new EngineException(
                "Expected a processor with AVX: TensorFlow ends the process where there is none. Received: one without. "
                    + "Use the embedded engine.");
        NativeEnvironment.Suggest("TF_CPP_MIN_LOG_LEVEL", "1");
        // Without oneDNN the same op gives the same bits every time; with it TensorFlow says at each start that it does not.
        NativeEnvironment.Suggest("TF_ENABLE_ONEDNN_OPTS", "0");
        var (named, by) = string.IsNullOrEmpty(path) ? (Environment.GetEnvironmentVariable(Variable), Variable) : (path, "the path given");
        if (!string.IsNullOrEmpty(named)) return TensorFlowLibrary.Open(File(named, by));
        var looked = new List<string>();
        if (First("the application", Applications(), looked) is { } own) return own;
        if (First("the packages of the application or notebook", LoaderFolders.Packages(), looked) is { } package) return package;
        if (First("the system's loader", LoaderFolders.System(), looked) is { } system) return system;
        if (First("the Python installations of PYTHONPATH, VIRTUAL_ENV, CONDA_PREFIX, PATH and the user", PythonInstallations.Folders(),
            looked) is { } python) return python;
        throw new EngineException($"""
            Expected a TensorFlow library ({string.Join(", ", Names)}). Received: none. Looked in
              {string.Join("\n  ", looked)}
            Three ways to get one: the package SciSharp.TensorFlow.Redist (in a notebook #r "nuget: SciSharp.TensorFlow.Redist, 2.16.0");
            libtensorflow from tensorflow.org/install/lang_c, with its path in Engine.TensorFlow("…") or in {Variable}; pip install tensorflow.
            """);
    }

    /// <summary>The first in a kind of place. A library that cannot be used does not end the search; why not, is said at its end.</summary>
    static TensorFlowLibrary? First(string place, IEnumerable<string> folders, List<string> looked)
    {
        string[] all = [.. folders.Distinct()];
        looked.Add($"{place}: {(all.Length == 0 ? "none" : string.Join(", ", all))}");
        foreach (var file in all.Select(In).OfType<string>())
        {
            try
            {
                return TensorFlowLibrary.Open(file);
            }
            catch (EngineException e)
            {
                looked.Add("  " + e.Message);
            }
        }
        return null;
    }

    /// <summary>Whether two paths lead to one file.</summary>
    public static bool IsSame(string one, string other) => Target(one) == Target(other);

    /// <summary>A path without links.</summary>
    static string Target(string path)
    {
        if (Path.GetDirectoryName(path) is not { } folder) return path;
        var here = new FileInfo(Path.Combine(Target(folder), Path.GetFileName(path)));
        return here.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Target(target.FullName) : here.FullName;
    }

    /// <summary>The library that a path names.</summary>
    /// <param name="path">It or its folder.</param>
    /// <param name="by">Who names it, for the error.</param>
    /// <exception cref="EngineException">There is none.</exception>
    public static string File(string path, string by)
    {
        if (System.IO.File.Exists(path)) return Path.GetFullPath(path);
        return In(path) ?? In(Path.Combine(path, "lib")) ?? throw new EngineException(
            $"Expected a TensorFlow library or its folder as {by}. "
                + $"Received: {path}, which is {(Directory.Exists(path) ? $"a folder without {string.Join(", ", Names)}" : "not there")}.");
    }

    static string? In(string folder) => Names.Select(n => Path.GetFullPath(Path.Combine(folder, n))).FirstOrDefault(System.IO.File.Exists);

    static IEnumerable<string> Applications() =>
        new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(LibrarySearch).Assembly.Location) ?? "" }.Where(f => f != "")
            .Select(Path.TrimEndingDirectorySeparator).Distinct()
            .SelectMany(f => new[] { f, Path.Combine(f, "runtimes", RuntimeInformation.RuntimeIdentifier, "native") });
}
