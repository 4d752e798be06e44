using System.Collections;
using System.Runtime.CompilerServices;

namespace Workbook.Tensors;

/// <summary>The lengths of a tensor's axes, row-major. The empty shape is a scalar. TensorFlow: tf.TensorShape.</summary>
/// <remarks>Immutable. Converts from arrays, collection expressions and tuples: <c>tf.zeros([2, 3])</c>, <c>tf.zeros((2, 3))</c>.</remarks>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    readonly int[] dims;
    readonly int size;

    /// <summary>A shape of the given axis lengths.</summary>
    /// <param name="dims">Lengths of at least 0; −1 stands for a length still to be found, as in <c>tf.reshape(x, (3, -1))</c>.</param>
    /// <exception cref="ShapeException">A length is below −1, or the product does not fit an array (2³¹ − 1 elements).</exception>
    public Shape(params ReadOnlySpan<int> dims)
    {
        this.dims = dims.ToArray();
        if (dims.Length == 1 && dims[0] >= 0)
        {
            size = dims[0];
            return;
        }
        long product = 1;
        foreach (var d in dims)
        {
            if (d < -1) throw new ShapeException($"Expected axis lengths of at least 0, or -1 for one to be found. Received: {this}.");
            if (d == -1) size = -1;
            else if (product != 0) product *= d;
            if (product > Array.MaxLength && !dims.Contains(0))
                throw new ShapeException($"Expected at most {Array.MaxLength} elements. Received: shape {this}.");
        }
        if (size == 0) size = dims.Contains(0) ? 0 : (int)product;
    }

    /// <summary>The shape of a scalar: no axes, one element.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>The number of axes.</summary>
    public int Rank => dims.Length;

    /// <summary>The number of elements: the product of the lengths; 1 for a scalar.</summary>
    /// <exception cref="ShapeException">A length is −1: still to be found.</exception>
    public int Size =>
        size >= 0 ? size
            : throw new ShapeException($"Expected a shape whose lengths are all known. Received: {this}. -1 may stand in tf.reshape only.");

    /// <summary>Whether no length is −1.</summary>
    internal bool IsKnown => size >= 0;

    /// <summary>The number of axes, as a list has it.</summary>
    public int Count => dims.Length;

    /// <summary>The length of one axis; <c>shape[^1]</c> is the last.</summary>
    public int this[int axis] => dims[axis];

    /// <summary>The lengths as a span.</summary>
    public ReadOnlySpan<int> Dims => dims;

    /// <summary>Makes a shape from a collection expression.</summary>
    public static Shape Create(ReadOnlySpan<int> dims) => dims.Length == 0 ? Scalar : new(dims);

    /// <summary>A copy of the lengths.</summary>
    public int[] ToArray() => [.. dims];

    /// <summary>An axis counted from the front: −1 becomes the last one.</summary>
    /// <param name="axis">From −rank to rank − 1.</param>
    /// <param name="op">The op to name in the error.</param>
    /// <exception cref="ShapeException">The axis is out of range.</exception>
    public int Axis(int axis, string op)
    {
        if (axis < -Rank || axis >= Rank)
            throw new ShapeException($"{op}: expected an axis from {-Rank} to {Rank - 1} for shape {this}. Received: {axis}.");
        return axis < 0 ? axis + Rank : axis;
    }

    /// <summary>Axes counted from the front, sorted; null means all.</summary>
    internal int[] Axes(int[]? axes, string op)
    {
        var result = new int[axes?.Length ?? Rank];
        for (var i = 0; i < result.Length; i++) result[i] = axes is null ? i : Axis(axes[i], op);
        if (axes is null || axes.Length < 2) return result;
        Array.Sort(result);
        for (var i = 1; i < result.Length; i++)
            if (result[i] == result[i - 1])
                throw new ShapeException($"{op}: expected each axis once. Received: axes [{string.Join(", ", axes)}] for shape {this}.");
        return result;
    }

    /// <summary>The shape without some axes, which are sorted.</summary>
    internal Shape Without(int[] axes)
    {
        if (axes.Length == Rank) return Scalar;
        var rest = new int[Rank - axes.Length];
        for (int i = 0, k = 0, at = 0; i < Rank; i++)
            if (k < axes.Length && axes[k] == i) k++;
            else rest[at++] = dims[i];
        return new(rest);
    }

    /// <summary>The shape with a new axis of length 1 before the given one.</summary>
    internal Shape With(int axis)
    {
        var more = new int[Rank + 1];
        for (var i = 0; i <= Rank; i++) more[i] = i == axis ? 1 : dims[i < axis ? i : i - 1];
        return new(more);
    }

    /// <summary>The shape that two operands broadcast to: axes are matched from the last, and length 1 stretches.</summary>
    /// <exception cref="ShapeException">Two lengths differ and neither is 1.</exception>
    internal static Shape Broadcast(Shape a, Shape b, string op)
    {
        if (a.Equals(b)) return a;
        var rank = Math.Max(a.Rank, b.Rank);
        var dims = new int[rank];
        for (var i = 1; i <= rank; i++)
        {
            int x = i <= a.Rank ? a[a.Rank - i] : 1, y = i <= b.Rank ? b[b.Rank - i] : 1;
            if (x != y && x != 1 && y != 1)
                throw new ShapeException(
                    $"{op}: shapes {a} and {b} do not broadcast: counted from the last axis, lengths must be equal or 1 (here {x} "
                        + $"and {y}).");
            dims[rank - i] = x == 1 ? y : x;
        }
        return new(dims);
    }

    /// <summary>Row-major strides in elements.</summary>
    internal int[] Strides()
    {
        var strides = new int[Rank];
        for (int i = Rank - 1, s = 1; i >= 0; i--)
        {
            strides[i] = s;
            s *= dims[i];
        }
        return strides;
    }

    /// <summary>Equal when all lengths are.</summary>
    public bool Equals(Shape? other) => other is not null && (ReferenceEquals(this, other) || dims.AsSpan().SequenceEqual(other.dims));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var d in dims) hash.Add(d);
        return hash.ToHashCode();
    }

    /// <summary>As Python writes it: (), (3,), (2, 3).</summary>
    public override string ToString() => dims.Length == 1 ? $"({dims[0]},)" : $"({string.Join(", ", dims)})";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)dims).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether two shapes are equal.</summary>
    public static bool operator ==(Shape? a, Shape? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Whether two shapes differ.</summary>
    public static bool operator !=(Shape? a, Shape? b) => !(a == b);

    /// <summary>From an array of lengths.</summary>
    public static implicit operator Shape(int[] dims) => Create(dims);

    /// <summary>One axis.</summary>
    public static implicit operator Shape(int length) => new(length);

    /// <summary>Two axes.</summary>
    public static implicit operator Shape((int, int) dims) => new(dims.Item1, dims.Item2);

    /// <summary>Three axes.</summary>
    public static implicit operator Shape((int, int, int) dims) => new(dims.Item1, dims.Item2, dims.Item3);

    /// <summary>Four axes.</summary>
    public static implicit operator Shape((int, int, int, int) dims) => new(dims.Item1, dims.Item2, dims.Item3, dims.Item4);

    /// <summary>Five axes.</summary>
    public static implicit operator Shape((int, int, int, int, int) dims) =>
        new(dims.Item1, dims.Item2, dims.Item3, dims.Item4, dims.Item5);

    /// <summary>Six axes.</summary>
    public static implicit operator Shape((int, int, int, int, int, int) dims) =>
        new(dims.Item1, dims.Item2, dims.Item3, dims.Item4, dims.Item5, dims.Item6);

    /// <summary>Seven axes; more go as a collection expression, <c>[1, 2, …]</c>.</summary>
    public static implicit operator Shape((int, int, int, int, int, int, int) dims) =>
        new(dims.Item1, dims.Item2, dims.Item3, dims.Item4, dims.Item5, dims.Item6, dims.Item7);

    /// <summary>Eight axes.</summary>
    public static implicit operator Shape((int, int, int, int, int, int, int, int) dims) =>
        new(dims.Item1, dims.Item2, dims.Item3, dims.Item4, dims.Item5, dims.Item6, dims.Item7, dims.Item8);
}
