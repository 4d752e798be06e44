using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Workbook.Tensors.Autodiff;
using Workbook.Tensors.Backends;

namespace Workbook.Keras;

/// <summary>Data for the inputs or outputs of a model: one tensor, or several in order or by name, all with the same first axis.</summary>
/// <remarks>Converts from a tensor, a C# array, <c>[a, b]</c>, or a dictionary by the names of inputs or outputs.</remarks>
[CollectionBuilder(typeof(Batch), nameof(Create))]
public sealed class Batch : IReadOnlyList<Tensor>
{
    Tensor[] tensors;
    string[]? names;

    /// <summary>Data to be named: <c>new() { ["a"] = x, ["b"] = y }</c>.</summary>
    public Batch() => (tensors, names) = ([], []);

    Batch(Tensor[] tensors, string[]? names = null)
    {
        if (tensors.Length == 0) throw new ArgumentException("Expected at least one tensor of data. Received: none.");
        foreach (var (tensor, i) in tensors.Select((t, i) => (t, i)))
            if (tensor.ndim == 0 || tensor.shape[0] != tensors[0].shape[0])
                throw new ShapeException("Expected data with the same number of samples in the first axis. "
                    + $"Received: {string.Join(", ", tensors.Select((t, k) => (names is null ? "" : names[k] + " ") + t.shape))}.");
        (this.tensors, this.names) = (tensors, names);
    }

    /// <summary>Makes data from a collection expression.</summary>
    public static Batch Create(ReadOnlySpan<Tensor> tensors) => new(tensors.ToArray());

    /// <summary>One tensor; null stays null: no data.</summary>
    [return: NotNullIfNotNull(nameof(tensor))]
    public static implicit operator Batch?(Tensor? tensor) => tensor is null ? null : new([tensor]);

    /// <summary>A C# array of numbers; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    public static implicit operator Batch?(Array? values) => values is null ? null : new([values]);

    /// <summary>Several tensors in order; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Batch?(Tensor[]? tensors) => tensors is null ? null : new(tensors);

    /// <summary>Several tensors by the names of inputs or outputs; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(tensors))]
    public static implicit operator Batch?(Dictionary<string, Tensor>? tensors) =>
        tensors is null ? null : new([.. tensors.Values], [.. tensors.Keys]);

    /// <summary>The tensor of data that are one: <c>model.Apply(x)</c> and <c>y - y_pred</c> in a step of one's own.</summary>
    /// <exception cref="ArgumentException">Several tensors.</exception>
    [return: NotNullIfNotNull(nameof(data))]
    public static implicit operator Tensor?(Batch? data) => data is null or { Count: 1 } ? data?[0]
        : throw new ArgumentException("Expected data of one tensor. "
            + $"Received: {data.Count}{(data.names is null ? "" : $" ({string.Join(", ", data.names)})")}. "
            + "Take one, x[0], or pass all: [.. x].");

    /// <summary>The data of an input or output by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    /// <exception cref="ShapeException">Another number of samples than the others.</exception>
    public Tensor this[string name]
    {
        get => Array.IndexOf(names ?? [], name) is >= 0 and var i ? tensors[i]
            : throw new ArgumentException($"Expected a name of the data. Received: '{name}'. {Spelling.Suggest(name, names ?? [])}");
        init
        {
            var more = new Batch([.. tensors, value], [.. names ?? [], name]);
            (tensors, names) = (more.tensors, more.names);
        }
    }

    /// <summary>The number of samples.</summary>
    public int Samples => tensors.Length > 0 ? tensors[0].shape[0]
        : throw new ArgumentException("Expected at least one tensor of data. Received: none.");

    /// <summary>The number of tensors.</summary>
    public int Count => tensors.Length;

    /// <summary>One of the tensors.</summary>
    public Tensor this[int index] => tensors[index];

    /// <inheritdoc/>
    public IEnumerator<Tensor> GetEnumerator() => ((IEnumerable<Tensor>)tensors).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether a tensor among them was computed from a variable.</summary>
    internal bool HasLineage
    {
        get
        {
            foreach (var tensor in tensors)
                if (tensor.HasOrigin) return true;
            return false;
        }
    }

    /// <summary>Names variables from which data for training were computed: they are constants there.</summary>
    /// <param name="what">What the data are: "the inputs".</param>
    /// <param name="partner">A variable that training moves.</param>
    internal void See(string what, Variable? partner)
    {
        foreach (var tensor in tensors) Snapshot.Data(what, tensor, partner);
    }

    /// <summary>Samples from start to before end.</summary>
    internal Batch Slice(int start, int end) => start == 0 && end == Samples ? this
        : new(Array.ConvertAll(tensors, t => Copied(t, end - start, (rows, width) =>
        Array.Copy(t.Data, start * width, rows, 0, (end - start) * width))), names);

    /// <summary>Chosen samples, in that order.</summary>
    internal Batch Gather(int[] samples) => new(Array.ConvertAll(tensors, t => Copied(t, samples.Length, (rows, width) =>
    {
        for (var i = 0; i < samples.Length; i++) Array.Copy(t.Data, samples[i] * width, rows, i * width, width);
    })), names);

    /// <summary>Samples are contiguous, so they are copied whole; tf.gather and slices, which serve any axis, take several times as
    /// long.</summary>
    static Tensor Copied(Tensor t, int samples, Action<Array, int> copy)
    {
        var width = t.size / t.shape[0];
        // Every element is written, so clearing 400 KB per step first would be for nothing.
        Array rows = t.dtype switch
        {
            DType.Float32 => GC.AllocateUninitializedArray<float>(samples * width),
            DType.Float64 => GC.AllocateUninitializedArray<double>(samples * width),
            _ => t.dtype.NewArray(samples * width),
        };
        copy(rows, width);
        return Tensor.Over(rows, new Shape([samples, .. t.shape.Dims[1..]]), t.dtype);
    }

    /// <summary>The targets of the outputs; none is asked for where nothing looks at it.</summary>
    /// <param name="outputs">The names of the outputs.</param>
    /// <param name="wanted">Which of them have a loss or a metric.</param>
    /// <exception cref="ArgumentException">Neither one for each output nor one for each that is wanted, or a name that does not
    /// exist.</exception>
    internal Tensor?[] Targets(IReadOnlyList<string> outputs, bool[] wanted)
    {
        string[] asked = [.. outputs.Where((_, i) => wanted[i])];
        if (tensors.Length == outputs.Count || asked.Length == outputs.Count) return InOrderOf(outputs, "outputs");
        var given = names is null || tensors.Length == asked.Length ? InOrderOf(asked, "outputs")
            : [.. asked.Select(name => Array.IndexOf(names, name) is >= 0 and var i ? tensors[i]
            : throw new ArgumentException($"Expected data for outputs {string.Join(", ", asked)}. Received: {string.Join(", ", names)}. "
                + $"{Spelling.Suggest(name, names)}"))];
        var next = 0;
        return [.. wanted.Select(w => w ? given[next++] : null)];
    }

    /// <summary>The tensors in the order of names.</summary>
    /// <exception cref="ArgumentException">Another number of tensors, or a name that does not exist.</exception>
    internal Tensor[] InOrderOf(IReadOnlyList<string> order, string what)
    {
        if (tensors.Length != order.Count)
            throw new ArgumentException($"Expected data for {order.Count} {what} ({string.Join(", ", order)}). "
                + $"Received: {tensors.Length}{(names is null ? "" : $" ({string.Join(", ", names)})")}.");
        if (names is null) return tensors;
        return [.. order.Select(name => Array.IndexOf(names, name) is >= 0 and var i ? tensors[i]
            : throw new ArgumentException($"Expected data for {what} {string.Join(", ", order)}. Received: {string.Join(", ", names)}. "
                + $"{Spelling.Suggest(name, names)}"))];
    }
}
