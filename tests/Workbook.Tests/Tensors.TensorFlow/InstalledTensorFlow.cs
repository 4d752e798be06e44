using Workbook.Tensors.Backends;
using Workbook.Tensors.TensorFlow;

namespace Workbook.Tests.TensorFlow;

/// <summary>The TensorFlow that the tests run on: the one that WORKBOOK_TENSORFLOW names. Where none is named, its tests are skipped by name.</summary>
public static class InstalledTensorFlow
{
    /// <summary>Why a test was skipped.</summary>
    public const string Reason = "Set WORKBOOK_TENSORFLOW to a TensorFlow library or its folder.";

    /// <summary>The library or its folder.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("WORKBOOK_TENSORFLOW") is { Length: > 0 } path ? path : null;

    /// <summary>Whether there is one.</summary>
    public static bool Exists => Path is not null;

    /// <summary>Executes what follows on this thread in TensorFlow, until disposed.</summary>
    public static IDisposable Use() => Backend.Use(TensorFlowBackend.Load(Path));
}
