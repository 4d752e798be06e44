using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The fields of objects as they were: layers, optimizers, losses, callbacks, closures, and what these hold. Variables and tensors are
/// not looked into: <see cref="Tensors.Autodiff.VariableUndo"/> takes back what variables are told, and tensors do not change.
/// </summary>
sealed class Memento
{
    /// <summary>Larger arrays are data, which nobody writes into.</summary>
    const int LargestArray = 4096;

    static readonly ConcurrentDictionary<Type, FieldInfo[]> fieldsOf = new();
    static readonly ConcurrentDictionary<Type, bool> followed = new();

    /// <summary>What has no state that a step changes, or leads to everything.</summary>
    static readonly Type[] apart =
        [typeof(MemberInfo), typeof(Task), typeof(Stream), typeof(TextWriter), typeof(Memento), typeof(Keras.Batch)];

    readonly HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
    readonly List<(object Owner, FieldInfo[] Fields, object?[] Values)> objects = [];
    readonly List<(Array Array, Array Copy)> arrays = [];

    /// <summary>Remembers the fields of objects and of all that they lead to.</summary>
    public Memento(params IEnumerable<object?> roots)
    {
        foreach (var root in roots) Visit(root);
    }

    /// <summary>The generators of random numbers among them.</summary>
    public IEnumerable<SplitMix64> Generators => objects.Select(o => o.Owner).OfType<SplitMix64>();

    /// <summary>Puts everything back.</summary>
    public void Restore()
    {
        foreach (var (owner, fields, values) in objects) Restore(owner, fields, values);
        foreach (var (array, copy) in arrays) Array.Copy(copy, array, copy.Length);
    }

    /// <summary>Puts the generators back, so that the same random numbers are drawn again.</summary>
    public void RewindGenerators()
    {
        foreach (var (owner, fields, values) in objects)
            if (owner is SplitMix64) Restore(owner, fields, values);
    }

    static void Restore(object owner, FieldInfo[] fields, object?[] values)
    {
        for (var i = 0; i < fields.Length; i++)
            if (!Equals(fields[i].GetValue(owner), values[i]) || !fields[i].FieldType.IsValueType) fields[i].SetValue(owner, values[i]);
    }

    void Visit(object? value)
    {
        if (value is null or string or Variable or Tensor or Type or Pointer) return;
        if (value.GetType() is { IsPrimitive: true } or { IsEnum: true }) return;
        if (value is Delegate function)
        {
            foreach (var part in function.GetInvocationList()) Visit(part.Target);
            return;
        }
        if (!followed.GetOrAdd(value.GetType(), Follows) || (!value.GetType().IsValueType && !seen.Add(value))) return;
        if (value is Array array)
        {
            if (array.Length > LargestArray) return;
            arrays.Add((array, (Array)array.Clone()));
            if (!array.GetType().GetElementType()!.IsPrimitive) foreach (var element in array) Visit(element);
            return;
        }
        var fields = fieldsOf.GetOrAdd(value.GetType(), FieldsOf);
        var values = Array.ConvertAll(fields, f => f.GetValue(value));
        if (!value.GetType().IsValueType) objects.Add((value, fields, values));
        foreach (var held in values) Visit(held);
    }

    /// <summary>
    /// Ours, somebody's own classes, closures, collections. Not the variables of a notebook: a cell is an object that holds all cells
    /// before
    /// it.
    /// </summary>
    static bool Follows(Type type)
    {
        if (type.IsArray || typeof(ITuple).IsAssignableFrom(type) || typeof(ICollection).IsAssignableFrom(type)) return true;
        if (type.IsGenericType && type.Namespace == "System.Collections.Generic") return true;
        return type.Assembly.GetName().Name is { } name && !name.StartsWith("System", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft", StringComparison.Ordinal) && !name.StartsWith("Plotly", StringComparison.Ordinal)
            && !name.StartsWith("FSharp", StringComparison.Ordinal) && !type.Name.StartsWith("Submission#", StringComparison.Ordinal)
            && !apart.Any(a => a.IsAssignableFrom(type));
    }

    static FieldInfo[] FieldsOf(Type type)
    {
        List<FieldInfo> all = [];
        for (var t = type; t is not null && t != typeof(object); t = t.BaseType)
            all.AddRange(t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .Where(f => !f.FieldType.IsPointer));
        return [.. all];
    }
}
