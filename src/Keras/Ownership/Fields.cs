using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workbook.Keras;

/// <summary>Reads from the fields of an object the variables and modules that it owns.</summary>
static class Fields
{
    static readonly ConcurrentDictionary<Type, FieldInfo[]> candidates = new(), keeping = new();

    /// <summary>The variables and modules in the fields of an object, in the order of the fields.</summary>
    public static IEnumerable<object> Held(object owner)
    {
        foreach (var field in candidates.GetOrAdd(owner.GetType(), Of))
            foreach (var held in Inside(field.GetValue(owner))) yield return held;
    }

    /// <summary>The tensors in the fields of an object, in the order of the fields.</summary>
    public static IEnumerable<Tensor> Tensors(object owner) =>
        keeping.GetOrAdd(owner.GetType(), KeepingOf).SelectMany(field => TensorsIn(field.GetValue(owner)));

    [UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "Module keeps the fields of every class derived from it, and ILLink.Descriptors.xml those of this assembly.")]
    static FieldInfo[] KeepingOf(Type type) =>
        [.. type.BaseType is { } parent && parent != typeof(object) ? KeepingOf(parent) : [],
            .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(f => !f.FieldType.IsPrimitive)];

    static IEnumerable<Tensor> TensorsIn(object? value) => value switch
    {
        Tensor tensor => [tensor],
        null or string or Operand => [],
        IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(TensorsIn),
        ICollection collection => collection.Cast<object?>().SelectMany(TensorsIn),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => TensorsIn(tuple[i])),
        _ => [],
    };

    [UnconditionalSuppressMessage("Trimming", "IL2070",
        Justification = "Module keeps the fields of every class derived from it, and ILLink.Descriptors.xml those of this assembly.")]
    static FieldInfo[] Of(Type type)
    {
        var own = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(f => MayHold(f.FieldType));
        return [.. type.BaseType is { } parent ? Of(parent) : [], .. own];
    }

    /// <summary>
    /// Whether a field of this type could hold a variable or module: one itself, something more general, or a collection or tuple.
    /// </summary>
    static bool MayHold(Type type) => type.IsArray ? MayHold(type.GetElementType()!)
        : type == typeof(Variable) || typeof(Module).IsAssignableFrom(type)
        || type.IsAssignableFrom(typeof(Variable)) || type.IsAssignableFrom(typeof(Module)) || type.IsInterface
        || (type != typeof(string) && type != typeof(Shape) && type != typeof(Tensor)
            && (typeof(IEnumerable).IsAssignableFrom(type) || typeof(ITuple).IsAssignableFrom(type)));

    static IEnumerable<object> Inside(object? value) => value switch
    {
        Variable or Module => [value],
        null or string or Operand => [],
        IDictionary dictionary => dictionary.Values.Cast<object?>().SelectMany(Inside),
        // Only what is already there: a lazy sequence must not run because somebody asks for variables.
        ICollection collection => collection.Cast<object?>().SelectMany(Inside),
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Inside(tuple[i])),
        _ => [],
    };
}
