using Microsoft.Win32.SafeHandles;

namespace Workbook.Tensors.TensorFlow.Native;

/// <summary>A tensor of TensorFlow's, on whatever device it lies.</summary>
sealed class TensorHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Smaller tensors are less than the objects that refer to them, which the collector sees.</summary>
    const long Heavy = 4096;

    static long living;
    readonly long pressure;

    /// <summary>Owns what a call of the C API returned.</summary>
    /// <param name="handle">The pointer.</param>
    /// <param name="bytes">What the elements take. The collector is told, for it does not see them: forward results are collected in
    /// time.</param>
    public TensorHandle(nint handle, long bytes) : base(ownsHandle: true)
    {
        SetHandle(handle);
        Interlocked.Increment(ref living);
        if (bytes < Heavy) return;
        pressure = bytes;
        GC.AddMemoryPressure(bytes);
    }

    /// <summary>How many handles are not released.</summary>
    public static long Living => Interlocked.Read(ref living);

    /// <summary>The raw handle, for lists; whoever uses it keeps this alive.</summary>
    public nint Raw => handle;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        TensorFlowApi.TFE_DeleteTensorHandle(handle);
        Interlocked.Decrement(ref living);
        if (pressure > 0) GC.RemoveMemoryPressure(pressure);
        return true;
    }
}
