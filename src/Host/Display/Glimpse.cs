using System.Collections;

namespace Workbook.Host.Display;

/// <summary>The beginning of a sequence that is computed as it is read: reading it twice would do its work, perhaps a training, twice.</summary>
sealed class Glimpse : IEnumerable<object?>
{
    // One more than is shown tells that there are more.
    readonly List<object?> items;

    Glimpse(IEnumerable sequence) => items = [.. sequence.Cast<object?>().Take(Limits.Rows + 1)];

    /// <summary>The value itself, or the beginning of it when it is such a sequence.</summary>
    public static object? Of(object? value) =>
        value is IEnumerable sequence && CountOf(sequence) is null && Scalar.Text(value) is null ? new Glimpse(sequence) : value;

    /// <summary>How many items a collection has; null when only reading it tells.</summary>
    public static int? CountOf(IEnumerable items) => items is ICollection collection ? collection.Count
        : items.GetType().GetProperty("Count", typeof(int))?.GetValue(items) as int?;

    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
