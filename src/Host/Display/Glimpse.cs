using System.Collections;

namespace Workbook.Host.Display;

/// <summary>
/// The beginning of a sequence that is computed as it is read: reading it twice would do its work, perhaps a training, twice.
/// </summary>
sealed class Glimpse : IEnumerable<object?>
{
    // One more than is shown tells that there are more.
    readonly List<object?> items;

    Glimpse(IEnumerable sequence) => items = [.. Items(sequence).Take(Limits.Rows + 1)];

    /// <summary>The value itself, or the beginning of it when it is such a sequence.</summary>
    public static object? Of(object? value) =>
        value is IEnumerable sequence && CountOf(sequence) is null && Scalar.Text(value) is null ? new Glimpse(sequence) : value;

    /// <summary>How many items a collection has; null when only reading it tells.</summary>
    public static int? CountOf(IEnumerable items)
    {
        try
        {
            return items is ICollection collection ? collection.Count
                : items.GetType().GetProperty("Count", typeof(int), [])?.GetValue(items) as int?;
        }
        catch (Exception e) when (!Safely.IsInterrupt(e))
        {
            // Reading them will tell.
            return null;
        }
    }

    /// <summary>The items as they are read. An error in the middle is the last of them, so that what came before it is not lost.</summary>
    public static IEnumerable<object?> Items(IEnumerable sequence)
    {
        IEnumerator? reader = null;
        string? error = null;
        try
        {
            while (Next(sequence, ref reader, out var item, out error)) yield return item;
            if (error is not null) yield return error;
        }
        finally
        {
            (reader as IDisposable)?.Dispose();
        }
    }

    static bool Next(IEnumerable sequence, ref IEnumerator? reader, out object? item, out string? error)
    {
        (item, error) = (null, null);
        try
        {
            reader ??= sequence.GetEnumerator();
            if (!reader.MoveNext()) return false;
            item = reader.Current;
            return true;
        }
        catch (Exception e) when (!Safely.IsInterrupt(e))
        {
            error = $"<{Safely.Words(e)}>";
            return false;
        }
    }

    public IEnumerator<object?> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
