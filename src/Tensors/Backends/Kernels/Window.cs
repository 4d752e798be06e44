namespace Workbook.Tensors.Backends.Kernels;

/// <summary>How a window slides over height and width of a batch (batch, height, width, channels).</summary>
/// <param name="Y">Along the height.</param>
/// <param name="X">Along the width.</param>
public readonly record struct Window(Slide Y, Slide X);

/// <summary>How a window slides along one axis: place o of the result sees places o·Stride + i·Dilation − Before, i &lt; Size.</summary>
/// <param name="Size">How many places the window sees.</param>
/// <param name="Stride">The step from window to window.</param>
/// <param name="Dilation">The step from place to place within a window.</param>
/// <param name="Before">How many places are put before the first; nothing is there.</param>
/// <param name="After">How many places are put after the last.</param>
public readonly record struct Slide(int Size, int Stride, int Dilation, int Before, int After)
{
    /// <summary>The places from the first to the last that a window sees.</summary>
    public int Reach => (Size - 1) * Dilation + 1;

    /// <summary>How many windows an axis of a length has; at most 0 where none fits.</summary>
    public int Windows(int length) => length + Before + After < Reach ? 0 : (length + Before + After - Reach) / Stride + 1;

    /// <summary>The places of a window that lie inside an axis of a length: from First to before End.</summary>
    public (int First, int End) Inside(int window, int length)
    {
        var start = window * Stride - Before;
        var first = start >= 0 ? 0 : (-start + Dilation - 1) / Dilation;
        var end = start >= length ? 0 : Math.Min(Size, (length - start + Dilation - 1) / Dilation);
        return (Math.Min(first, Size), Math.Max(end, Math.Min(first, Size)));
    }

    /// <summary>The places that TensorFlow's SAME puts around an axis, so that ⌈length / stride⌉ windows fit.</summary>
    public Slide Same(int length)
    {
        var all = Math.Max((((length + Stride - 1) / Stride) - 1) * Stride + Reach - length, 0);
        return this with { Before = all / 2, After = all - all / 2 };
    }
}
