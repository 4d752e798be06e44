using System.Collections;
using System.Reflection;

namespace Workbook.Host.Display;

/// <summary>A key and its value.</summary>
readonly record struct Pair(object? Key, object? Value)
{
    /// <summary>The pairs of a dictionary or of a sequence of KeyValuePair; null when the value is neither.</summary>
    public static IEnumerable<Pair>? AllOf(IEnumerable value)
    {
        var type = Glimpse.Items(value).FirstOrDefault()?.GetType();
        if (type is not { IsGenericType: true } || type.GetGenericTypeDefinition() != typeof(KeyValuePair<,>))
            return value is IDictionary
                ? Glimpse.Items(value).Select(e => e is DictionaryEntry entry ? new Pair(entry.Key, entry.Value) : new Pair(e, "")) : null;
        PropertyInfo key = type.GetProperty("Key")!, item = type.GetProperty("Value")!;
        return Glimpse.Items(value).Select(p => type.IsInstanceOfType(p) ? new Pair(key.GetValue(p), item.GetValue(p)) : new Pair(p, ""));
    }
}
