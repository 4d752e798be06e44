using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workbook.Host.Display;

/// <summary>A public property or field of a value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; the text of the error when its getter throws.</param>
sealed record Member(string Name, object? Value)
{
    /// <summary>The public instance properties, then the public fields, of a value in the order of their declaration.</summary>
    public static IReadOnlyList<Member> Of(object value)
    {
        if (value is ITuple tuple)
            return [.. Enumerable.Range(0, tuple.Length).Take(Limits.Columns + 1).Select(i => new Member($"Item{i + 1}", tuple[i]))];
        const BindingFlags flags = BindingFlags.Public | BindingFlags.Instance;
        var type = value.GetType();
        var properties = type.GetProperties(flags)
            .Where(p => p.CanRead && p.GetMethod!.IsPublic && p.GetIndexParameters().Length == 0 && !IsByRef(p.PropertyType));
        return [.. properties.DistinctBy(p => p.Name).Select(p => new Member(p.Name, Read(p, value))),
            .. type.GetFields(flags).Where(f => !IsByRef(f.FieldType)).Select(f => new Member(f.Name, f.GetValue(value)))];
    }

    static bool IsByRef(Type type) => type.IsByRef || type.IsByRefLike || type.IsPointer;

    static object? Read(PropertyInfo property, object owner)
    {
        try
        {
            return property.GetValue(owner);
        }
        catch (Exception error) when (!Safely.IsInterrupt(error))
        {
            return $"<{Safely.Words(error)}>";
        }
    }
}
