using System.Collections;

namespace Workbook.Keras;

/// <summary>One thing per output of a model: in the order of the outputs, or by their names.</summary>
/// <typeparam name="T">A loss, a weight, or a list of metrics.</typeparam>
public abstract class PerOutput<T> : IEnumerable<T?> where T : class
{
    T?[] items;
    string[]? names;

    private protected PerOutput(IEnumerable<T?> items, IEnumerable<string>? names = null) =>
        (this.items, this.names) = ([.. items], names is null ? null : [.. names]);

    /// <summary>What is meant for an output: <c>new() { ["a"] = …, ["b"] = … }</c>.</summary>
    /// <param name="output">The name of the output.</param>
    public T? this[string output]
    {
        init => (items, names) = ([.. items, value], [.. names ?? [], output]);
    }

    internal IReadOnlyList<string>? Names => names;

    /// <inheritdoc/>
    public IEnumerator<T?> GetEnumerator() => ((IEnumerable<T?>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>In the order of the outputs; null where nothing was given for one.</summary>
    /// <param name="outputs">The names of the outputs.</param>
    /// <param name="what">The name of the argument, for messages.</param>
    /// <exception cref="ArgumentException">Another number of entries than outputs, or an unknown name.</exception>
    internal T?[] For(IReadOnlyList<string> outputs, string what)
    {
        if (names is null)
            return items.Length == outputs.Count ? items
                : throw new ArgumentException($"{what}: expected one entry for each of the {outputs.Count} outputs "
                + $"({string.Join(", ", outputs)}). Received: {items.Length}.");
        var unknown = names.FirstOrDefault(n => !outputs.Contains(n));
        if (unknown is not null)
            throw new ArgumentException($"{what}: expected names of outputs ({string.Join(", ", outputs)}). Received: '{unknown}'. "
            + $"{Spelling.Suggest(unknown, outputs)}");
        return [.. outputs.Select(o => Array.IndexOf(names, o) is >= 0 and var i ? items[i] : null)];
    }
}
