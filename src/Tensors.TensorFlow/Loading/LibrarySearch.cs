using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Workbook.Tensors.TensorFlow.Loading;

/// <summary>Where a TensorFlow library is looked for, in this order: a path given, the environment, the application and its packages, the system's loader, a Python installation.</summary>
internal static class LibrarySearch
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
            throw new EngineException("Expected a processor with AVX: TensorFlow ends the process where there is none. Received: one without. Use the embedded engine.");
        NativeEnvironment.Suggest("TF_CPP_MIN_LOG_LEVEL", "1");
        // Without oneDNN the same op gives the same bits every time; with it TensorFlow says at each start that it does not.
        NativeEnvironment.Suggest("TF_ENABLE_ONEDNN_OPTS", "0");
        var (named, by) = path is not null ? (path, "the path given") : (Environment.GetEnvironmentVariable(Variable), Variable);
        if (!string.IsNullOrEmpty(named)) return TensorFlowLibrary.Open(File(named, by));
        var looked = new List<string>();
        if (First(Applications(), looked) is { } own) return own;
        looked.Add("the packages of the application or notebook, and the system's loader");
        foreach (var name in Names)
            if (NativeLibrary.TryLoad(name, typeof(LibrarySearch).Assembly, null, out var library) && Usable(() => new(library, name), looked) is { } loaded) return loaded;
        if (First(PythonInstallations.Folders(), looked) is { } python) return python;
        looked.Add("the Python installations of PYTHONPATH, VIRTUAL_ENV, CONDA_PREFIX, PATH and the user");
        throw new EngineException($"""
            Expected a TensorFlow library ({string.Join(", ", Names)}). Received: none. Looked in
              {string.Join("\n  ", looked)}
            Three ways to get one: the package SciSharp.TensorFlow.Redist (in a notebook #r "nuget: SciSharp.TensorFlow.Redist, 2.16.0");
            libtensorflow from tensorflow.org/install/lang_c, with its path in Engine.TensorFlow("…") or in {Variable}; pip install tensorflow.
            """);
    }

    static TensorFlowLibrary? First(IEnumerable<string> folders, List<string> looked)
    {
        foreach (var folder in folders)
            if (In(folder) is not { } file) looked.Add(folder);
            else if (Usable(() => TensorFlowLibrary.Open(file), looked) is { } library) return library;
        return null;
    }

    /// <summary>A library that cannot be used does not end the search; why not, is said at its end.</summary>
    static TensorFlowLibrary? Usable(Func<TensorFlowLibrary> open, List<string> looked)
    {
        try
        {
            return open();
        }
        catch (EngineException e)
        {
            looked.Add(e.Message);
            return null;
        }
    }

    static string File(string path, string by)
    {
        if (System.IO.File.Exists(path)) return Path.GetFullPath(path);
        return In(path) ?? In(Path.Combine(path, "lib")) ?? throw new EngineException(
            $"Expected a TensorFlow library or its folder as {by}. Received: {path}, which is {(Directory.Exists(path) ? $"a folder without {string.Join(", ", Names)}" : "not there")}.");
    }

    static string? In(string folder) => Names.Select(n => Path.GetFullPath(Path.Combine(folder, n))).FirstOrDefault(System.IO.File.Exists);

    static IEnumerable<string> Applications() =>
        new[] { AppContext.BaseDirectory, Path.GetDirectoryName(typeof(LibrarySearch).Assembly.Location) ?? "" }.Where(f => f != "").Select(Path.TrimEndingDirectorySeparator).Distinct()
            .SelectMany(f => new[] { f, Path.Combine(f, "runtimes", RuntimeInformation.RuntimeIdentifier, "native") });
}
