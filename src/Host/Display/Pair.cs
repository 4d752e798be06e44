using System.Collections;
using System.Reflection;

namespace Workbook.Host.Display;

/// <summary>A key and its value.</summary>
readonly record struct Pair(object? Key, object? Value)
{
    /// <summary>The pairs of a dictionary or of a sequence of KeyValuePair; null when the value is neither.</summary>
    public static IEnumerable<Pair>? AllOf(IEnumerable value)
    {
        var type = value.Cast<object?>().FirstOrDefault()?.GetType();
        if (type is not { IsGenericType: true } || type.GetGenericTypeDefinition() != typeof(KeyValuePair<,>))
            return (value as IDictionary)?.Cast<DictionaryEntry>().Select(e => new Pair(e.Key, e.Value));
        PropertyInfo key = type.GetProperty("Key")!, item = type.GetProperty("Value")!;
        return value.Cast<object>().Select(p => new Pair(key.GetValue(p), item.GetValue(p)));
    }
}
