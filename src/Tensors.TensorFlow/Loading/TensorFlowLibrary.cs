using System.Reflection;
using System.Runtime.InteropServices;
using Workbook.Tensors.TensorFlow.Native;
using static Workbook.Tensors.TensorFlow.Native.TensorFlowApi;

namespace Workbook.Tensors.TensorFlow.Loading;

/// <summary>A native TensorFlow that is loaded. One serves a process.</summary>
sealed unsafe class TensorFlowLibrary
{
    static readonly Version Oldest = new(2, 10);

    static nint loaded;

    static TensorFlowLibrary() =>
        NativeLibrary.SetDllImportResolver(typeof(TensorFlowLibrary).Assembly, (name, _, _) => name == TensorFlowApi.Library ? loaded : 0);

    /// <summary>Takes a library that the loader has opened.</summary>
    /// <exception cref="EngineException">It is none of TensorFlow, or too old.</exception>
    TensorFlowLibrary(nint library, string path)
    {
        try
        {
            RequireExports(library);
            // Not by the declarations: a call through them binds this process to the library for good.
            Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)NativeLibrary.GetExport(library, nameof(TF_Version)))())!;
            if (!System.Version.TryParse(Version.Split('-')[0], out var version) || version < Oldest)
                throw new EngineException(
                    $"Expected TensorFlow {Oldest} or newer: the functions that are called are the same since then. "
                        + $"Received: {Version} ({path}).");
        }
        catch (EngineException)
        {
            NativeLibrary.Free(library);
            throw;
        }
        loaded = library;
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What the library says of itself, for example 2.21.0.</summary>
    public string Version { get; }

    /// <summary>Loads a library.</summary>
    /// <exception cref="EngineException">It cannot be loaded; the message says why.</exception>
    public static TensorFlowLibrary Open(string path)
    {
        var name = OperatingSystem.IsMacOS() ? "libtensorflow_framework.2.dylib" : "libtensorflow_framework.so.2";
        var framework = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, name);
        string[] files = File.Exists(framework) ? [framework, path] : [path];
        if (files.Select(LibraryFile.Defect).FirstOrDefault(d => d is not null) is { } defect)
            throw new EngineException($"Expected a TensorFlow library. Received: {defect}");
        try
        {
            // The framework library stays loaded; the other one finds it by its name.
            foreach (var file in files[..^1]) NativeLibrary.Load(file);
            return new(NativeLibrary.Load(path), path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new EngineException(
                $"Expected a TensorFlow library. "
                    + $"Received: {path}, which the system cannot "
                        + $"load: {e.Message}{(files.Length == 1 && e.Message.Contains(name, StringComparison.Ordinal) ? $" Expected {name} beside it." : "")}", e);
        }
    }

    static void RequireExports(nint library)
    {
        var missing = typeof(TensorFlowApi).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name)
            .Where(n => n.StartsWith("TF", StringComparison.Ordinal) && !NativeLibrary.TryGetExport(library, n, out _)).ToList();
        if (missing.Count > 0)
            throw new EngineException(
                $"Expected a library with TensorFlow's C API. "
                    + $"Received: one "
                        + $"without {string.Join(", ", missing.Take(3))}{(missing.Count > 3 ? $" and {missing.Count - 3} more functions" : "")}. The file libtensorflow or libtensorflow_cc has them.");
    }

    /// <summary>An eager runtime.</summary>
    public ContextHandle NewContext()
    {
        var options = TFE_NewContextOptions();
        var context = TFE_NewContext(options, Status.Here.Raw);
        TFE_DeleteContextOptions(options);
        Status.Here.Check("TFE_NewContext");
        return context;
    }

    /// <summary>The devices of a runtime, for example CPU:0 and GPU:0.</summary>
    public IReadOnlyList<string> Devices(ContextHandle context)
    {
        var list = TFE_ContextListDevices(context, Status.Here.Raw);
        Status.Here.Check("TFE_ContextListDevices");
        var names = Enumerable.Range(0, TF_DeviceListCount(list))
            .Select(i => Marshal.PtrToStringUTF8((nint)TF_DeviceListName(list, i, Status.Here.Raw))!).ToList();
        TF_DeleteDeviceList(list);
        return [.. names.Select(n => n[(n.LastIndexOf("device:", StringComparison.Ordinal) + "device:".Length)..])];
    }
}
