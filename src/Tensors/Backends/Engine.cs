using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.Loader;
using Workbook.Tensors.Backends;

namespace Workbook.Tensors;

/// <summary>What executes the ops: the embedded engine, which runs anywhere, or TensorFlow itself where one is installed.</summary>
/// <remarks>
/// Only kernels are executed elsewhere. Gradients, optimizers, random numbers, Keras and everything above are the same. Tensors made
/// before
/// a switch stay
/// valid: they are copied when the other engine needs them. The environment variable WORKBOOK_BACKEND chooses for a whole process:
/// <c>embedded</c>, <c>tensorflow</c>, or <c>tensorflow=PATH</c>.
/// </remarks>
public static class Engine
{
    const string Trimmed =
        "A trimmed program has the other assembly only if it names it itself; where it is missing, the error below says so.";

    const string Variable = "WORKBOOK_BACKEND", Project = "Workbook.Tensors.TensorFlow";

    static Backend? announced;

    /// <summary>What executes ops on this thread, with its version.</summary>
    public static string Name => Backend.Current.Name;

    /// <summary>Executes ops in the embedded engine from here on. That is the default.</summary>
    public static void Embedded() => Backend.Default = new ManagedBackend();

    /// <summary>Executes ops in TensorFlow from here on, and says once which one was found.</summary>
    /// <param name="path">
    /// The library (libtensorflow.so.2, libtensorflow_cc.so.2, tensorflow.dll, libtensorflow.dylib) or its folder. Null: the environment
    /// variable
    /// WORKBOOK_TENSORFLOW, then the application's folder and packages, the system's loader, a Python installation.
    /// </param>
    /// <exception cref="EngineException">There is no library, or it cannot be used. The message says where was looked, and how to get
    /// one.</exception>
    public static void TensorFlow(string? path = null) => Backend.Default = Announced(path);

    internal static Backend FromEnvironment() => Environment.GetEnvironmentVariable(Variable) switch
    {
        null or "" or "embedded" => new ManagedBackend(),
        "tensorflow" => Announced(null),
        var name when name.StartsWith("tensorflow=", StringComparison.Ordinal) => Announced(name["tensorflow=".Length..]),
        var name => throw new ArgumentException($"{Variable}: expected embedded, tensorflow or tensorflow=PATH. Received: {name}."),
    };

    static Backend Announced(string? path)
    {
        var backend = Load(path);
        if (!ReferenceEquals(backend, announced)) Console.WriteLine(backend.Name);
        return announced = backend;
    }

    /// <summary>By name, so that the engine does not depend on a backend.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = Trimmed)]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = Trimmed)]
    static Backend Load(string? path)
    {
        Assembly assembly;
        try
        {
            assembly = AssemblyLoadContext.GetLoadContext(typeof(Engine).Assembly)!.LoadFromAssemblyName(new AssemblyName(Project));
        }
        catch (FileNotFoundException e)
        {
            throw new EngineException(
                $"Expected {Project}.dll beside Workbook.Tensors.dll. Received: no such file. Build src/Tensors.TensorFlow.", e);
        }
        return assembly.GetType($"{Project}.TensorFlowBackend", throwOnError: true)!.GetMethod("Load")!
            .CreateDelegate<Func<string?, Backend>>()(path);
    }
}
