using System.Runtime.CompilerServices;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>What the windows of a batch see, as rows of a matrix: a convolution is then a matrix product.</summary>
/// <remarks>
/// Rows are gathered for a block of windows at a time, which stays in the cache: the whole matrix would be kernel-size times the batch.
/// Where the batch has one channel, places of a window are single numbers, and the transposed matrix has long runs instead.
/// </remarks>
readonly unsafe struct Patches<T> where T : unmanaged
{
    readonly T* batch;
    readonly int height, width, channels, taken, windowsY, windowsX;
    readonly Window window;

    /// <param name="batch">(batch, height, width, channels), where the first channel that is seen stands.</param>
    /// <param name="shape">The shape of the batch.</param>
    /// <param name="taken">How many channels are seen.</param>
    /// <param name="window">How windows slide.</param>
    public Patches(T* batch, Shape shape, int taken, Window window)
    {
        this.batch = batch;
        (this.taken, this.window) = (taken, window);
        (height, width, channels) = (shape[1], shape[2], shape[3]);
        (windowsY, windowsX) = (window.Y.Windows(height), window.X.Windows(width));
        Count = shape[0] * windowsY * windowsX;
        Length = window.Y.Size * window.X.Size * taken;
        IsTurned = channels == 1 && window.X.Stride == 1 && Length > 1 && windowsX >= 4;
        var most = Math.Max(8, 32768 / Math.Max(1, Length));
        Block = IsTurned ? Math.Max(1, most / windowsX) * windowsX : most / 8 * 8;
        IsBatch = Length == channels && taken == channels && window is
        {
            Y: { Stride: 1, Before: 0, After: 0 }, X:
            {
                Stride: 1,
                Before: 0, After: 0
            }
        };
    }

    /// <summary>The number of windows.</summary>
    public int Count { get; }

    /// <summary>The number of elements that a window sees.</summary>
    public int Length { get; }

    /// <summary>How many windows are gathered at a time.</summary>
    public int Block { get; }

    /// <summary>Whether a block is gathered transposed.</summary>
    public bool IsTurned { get; }

    /// <summary>Whether the batch itself is the matrix: windows of one place that leave none out.</summary>
    public bool IsBatch { get; }

    /// <summary>How far elements of a gathered block are apart, by window and by place.</summary>
    public (nint Row, nint Step) Strides(int rows) => IsTurned ? (1, rows) : (Length, 1);

    /// <summary>Gathers what some windows see.</summary>
    /// <param name="first">The number of the first window.</param>
    /// <param name="rows">How many.</param>
    /// <param name="to">Room for rows · Length elements.</param>
    public void Gather(int first, int rows, T* to)
    {
        if (IsTurned)
        {
            GatherTurned(first, rows, to);
            return;
        }
        for (var r = 0; r < rows; r++, to += Length)
        {
            var (image, oy, ox) = Place(first + r);
            Row(batch + image, oy, ox, to);
        }
    }

    /// <summary>Adds rows to what the windows see: the reverse of <see cref="Gather"/>.</summary>
    public void Scatter(int first, int rows, T* from)
    {
        for (var r = 0; r < rows; r++, from += Length)
        {
            var (image, oy, ox) = Place(first + r);
            Spread(batch + image, oy, ox, from);
        }
    }

    /// <summary>Where the image of a window begins, and which line and column of windows it stands in.</summary>
    (nint Image, int Y, int X) Place(int number)
    {
        var (line, x) = Math.DivRem(number, windowsX);
        var (image, y) = Math.DivRem(line, windowsY);
        return ((nint)image * height * width * channels, y, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Row(T* image, int oy, int ox, T* to)
    {
        var (firstX, endX) = window.X.Inside(ox, width);
        int startY = oy * window.Y.Stride - window.Y.Before, startX = ox * window.X.Stride - window.X.Before, line = window.X.Size * taken;
        var together = taken == channels && window.X.Dilation == 1;
        for (var i = 0; i < window.Y.Size; i++, to += line)
        {
            var y = startY + i * window.Y.Dilation;
            if ((uint)y >= (uint)height)
            {
                Clear(to, line);
                continue;
            }
            var from = image + (nint)y * width * channels;
            if (firstX > 0) Clear(to, firstX * taken);
            if (together) Copy(from + (startX + firstX) * channels, to + firstX * taken, (endX - firstX) * taken);
            else
                for (var j = firstX; j < endX; j++) Copy(from + (startX + j * window.X.Dilation) * channels, to + j * taken, taken);
            if (endX < window.X.Size) Clear(to + endX * taken, line - endX * taken);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Spread(T* image, int oy, int ox, T* from)
    {
        var (firstX, endX) = window.X.Inside(ox, width);
        int startY = oy * window.Y.Stride - window.Y.Before, startX = ox * window.X.Stride - window.X.Before, line = window.X.Size * taken;
        var together = taken == channels && window.X.Dilation == 1;
        for (var i = 0; i < window.Y.Size; i++, from += line)
        {
            var y = startY + i * window.Y.Dilation;
            if ((uint)y >= (uint)height) continue;
            var to = image + (nint)y * width * channels;
            if (together) Lines.Add(from + firstX * taken, to + (startX + firstX) * channels, (endX - firstX) * taken);
            else
                for (var j = firstX; j < endX; j++) Lines.Add(from + j * taken, to + (startX + j * window.X.Dilation) * channels, taken);
        }
    }

    /// <summary>One place of the window at a time, for whole lines of windows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void GatherTurned(int first, int rows, T* to)
    {
        for (var r = 0; r < rows; r += windowsX)
        {
            var (image, oy, _) = Place(first + r);
            for (var i = 0; i < window.Y.Size; i++)
            {
                var y = oy * window.Y.Stride - window.Y.Before + i * window.Y.Dilation;
                for (var j = 0; j < window.X.Size; j++)
                {
                    var line = to + (nint)(i * window.X.Size + j) * rows + r;
                    if ((uint)y >= (uint)height)
                    {
                        Clear(line, windowsX);
                        continue;
                    }
                    var start = j * window.X.Dilation - window.X.Before;
                    int from = Math.Clamp(-start, 0, windowsX), end = Math.Clamp(width - start, from, windowsX);
                    Clear(line, from);
                    Copy(batch + image + (nint)y * width + start + from, line + from, end - from);
                    Clear(line + end, windowsX - end);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Copy(T* from, T* to, int count)
    {
        // Below a few vectors the call of a block copy is most of it.
        if (count >= 32) Unsafe.CopyBlockUnaligned(to, from, (uint)(count * sizeof(T)));
        else
            for (var i = 0; i < count; i++) to[i] = from[i];
    }

    static void Clear(T* to, int count) => new Span<T>(to, count).Clear();
}
