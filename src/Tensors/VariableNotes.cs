namespace Workbook.Tensors;

/// <summary>
/// What is known of a variable besides its value: its constraint, its domain, who judges it. One note of each kind, found by its type.
/// </summary>
public sealed class VariableNotes
{
    (Type Kind, object Note)[] notes = [];

    /// <summary>The note of a kind; null when there is none.</summary>
    /// <typeparam name="T">The kind, as it was set.</typeparam>
    public T? Get<T>() where T : class
    {
        foreach (var (kind, note) in notes)
            if (kind == typeof(T)) return (T)note;
        return null;
    }

    /// <summary>Leaves a note; it replaces an earlier one of the same kind.</summary>
    /// <typeparam name="T">The kind under which it is found.</typeparam>
    /// <param name="note">What is known.</param>
    // A new array each time, so that another thread which reads sees the old notes or the new ones.
    public void Set<T>(T note) where T : class => notes = [.. notes.Where(n => n.Kind != typeof(T)), (typeof(T), note)];

    /// <summary>Remembers the notes as they are now.</summary>
    /// <returns>Puts them back.</returns>
    public Action Keep()
    {
        var now = notes;
        return () => notes = now;
    }
}
