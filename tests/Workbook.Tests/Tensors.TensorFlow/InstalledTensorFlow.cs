using Workbook.Tensors.TensorFlow;
using Workbook.Tensors.TensorFlow.Loading;

namespace Workbook.Tests.TensorFlow;

/// <summary>
/// The TensorFlow that the tests run on: the one that WORKBOOK_TENSORFLOW names. Where none is named, its tests are skipped by name.
/// </summary>
public static class InstalledTensorFlow
{
    /// <summary>Why a test was skipped.</summary>
    public const string Reason = "Set WORKBOOK_TENSORFLOW to a TensorFlow library or its folder.";

    static readonly string? path = Environment.GetEnvironmentVariable(LibrarySearch.Variable) is { Length: > 0 } named ? named : null;

    /// <summary>Whether there is one.</summary>
    public static bool Exists => path is not null;

    /// <summary>
    /// Whether everything is run on it, and not only what fits into continuous integration: WORKBOOK_TENSORFLOW_TESTS=all.
    /// </summary>
    public static bool Everything { get; } = Environment.GetEnvironmentVariable("WORKBOOK_TENSORFLOW_TESTS") == "all";

    /// <summary>
    /// The rows of a theory; where nothing is installed one row stands for all, so that a thousand skipped rows do not hide the others.
    /// </summary>
    public static IEnumerable<string> Rows(IReadOnlyCollection<string> names) => Exists ? names : [$"{names.Count} rows"];

    /// <summary>The library.</summary>
    public static string File =>
        Directory.Exists(path) ? LibrarySearch.Names.Select(n => Path.Combine(path, n)).First(System.IO.File.Exists) : path!;

    /// <summary>It as a backend.</summary>
    internal static TensorFlowBackend Backend => TensorFlowBackend.Load(path);

    /// <summary>Executes what follows on this thread in TensorFlow, until disposed.</summary>
    public static IDisposable Use() => Workbook.Tensors.Backends.Backend.Use(Backend);
}
