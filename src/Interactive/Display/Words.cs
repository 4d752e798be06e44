using System.Reflection;
using Microsoft.DotNet.Interactive.Formatting;

namespace Workbook.Interactive;

/// <summary>Tensors, variables, layers and models are shown by the words they have for themselves, as under <c>workbook run</c>.</summary>
/// <remarks>
/// Types are found by their names when their assembly loads: a notebook's assemblies live in a load context of their own, so a type that
/// was
/// known here at compile time would be another one there.
/// </remarks>
static class Words
{
    static readonly Dictionary<string, string[]> Types = new()
    {
        ["Workbook.Tensors"] = ["Workbook.Tensors.Tensor", "Workbook.Tensors.Variable", "Workbook.Tensors.Shape", "Workbook.Tensors.DType"],
        ["Workbook.Keras"] = ["Workbook.Keras.Layer", "Workbook.Keras.KerasTensor"],
    };

    /// <summary>Registers the types of what is loaded, and of what will be.</summary>
    public static void Register()
    {
        AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => Register(loaded.LoadedAssembly);
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Register(assembly);
    }

    static void Register(Assembly assembly)
    {
        foreach (var name in Types.GetValueOrDefault(assembly.GetName().Name ?? "", []))
        {
            var type = assembly.GetType(name, throwOnError: true)!;
            Formatter.Register(type, (value, writer) => writer.Write(value), PlainTextFormatter.MimeType);
            Formatter.SetPreferredMimeTypesFor(type, PlainTextFormatter.MimeType);
        }
    }
}
