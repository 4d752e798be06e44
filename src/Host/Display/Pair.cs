using System.Collections;
using System.Reflection;

namespace Workbook.Host.Display;

/// <summary>A key and its value.</summary>
readonly record struct Pair(object? Key, object? Value)
{
    /// <summary>The pairs of a dictionary or of a sequence of KeyValuePair; null when the value is neither.</summary>
    public static IEnumerable<Pair>? AllOf(object value)
    {
        var type = value.GetType().GetInterfaces().Append(value.GetType())
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(i => i.GetGenericArguments()[0])
            .FirstOrDefault(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));
        if (type is null) return (value as IDictionary)?.Cast<DictionaryEntry>().Select(e => new Pair(e.Key, e.Value));
        PropertyInfo key = type.GetProperty("Key")!, item = type.GetProperty("Value")!;
        return ((IEnumerable)value).Cast<object>().Select(p => new Pair(key.GetValue(p), item.GetValue(p)));
    }
}
