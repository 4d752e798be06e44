using System.Runtime.CompilerServices;

namespace Workbook.Tensors;

/// <summary>Which axes an op works along: one (<c>axis: -1</c>) or several (<c>axis: [0, 2]</c>). Null means all.</summary>
[CollectionBuilder(typeof(Axes), nameof(Create))]
public sealed class Axes : IEnumerable<int>
{
    readonly int[] axes;

    Axes(int[] axes) => this.axes = axes;

    /// <summary>Makes axes from a collection expression.</summary>
    public static Axes Create(ReadOnlySpan<int> axes) => new(axes.ToArray());

    /// <summary>One axis; negative counts from the last.</summary>
    public static implicit operator Axes(int axis) => new([axis]);

    /// <summary>Several axes.</summary>
    public static implicit operator Axes(int[] axes) => new(axes);

    /// <summary>The axes as given.</summary>
    public static implicit operator int[]?(Axes? axes) => axes?.axes;

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)axes).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => axes.GetEnumerator();
}
