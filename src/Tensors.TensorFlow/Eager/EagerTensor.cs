using System.Runtime.InteropServices;
using Workbook.Tensors.Backends;
using Workbook.Tensors.TensorFlow.Native;
using static Workbook.Tensors.TensorFlow.Native.TensorFlowApi;

namespace Workbook.Tensors.TensorFlow.Eager;

/// <summary>Elements that lie in TensorFlow's memory.</summary>
internal sealed unsafe class EagerTensor(TensorHandle handle, DType dtype, int size) : Storage
{
    /// <summary>TensorFlow's tensor.</summary>
    public TensorHandle Handle => handle;

    /// <summary>Copies elements into TensorFlow's memory.</summary>
    /// <exception cref="OutOfMemoryException">TensorFlow has none left.</exception>
    public static EagerTensor From(Array elements, ReadOnlySpan<int> dims, DType dtype)
    {
        var size = 1;
        var lengths = stackalloc long[dims.Length];
        for (var i = 0; i < dims.Length; i++) size *= (int)(lengths[i] = dims[i]);
        var bytes = (long)size * dtype.Bytes();
        var tensor = TF_AllocateTensor(dtype.Code(), lengths, dims.Length, (nuint)bytes);
        if (tensor == 0 || (bytes > 0 && TF_TensorData(tensor) is null)) throw new OutOfMemoryException($"TensorFlow has no memory for {bytes} bytes.");
        try
        {
            fixed (byte* from = &MemoryMarshal.GetArrayDataReference(elements)) Buffer.MemoryCopy(from, TF_TensorData(tensor), bytes, bytes);
            var handle = TFE_NewTensorHandle(tensor, Status.Here.Raw);
            Status.Here.Check("TFE_NewTensorHandle");
            return new(new TensorHandle(handle, bytes), dtype, size);
        }
        finally
        {
            TF_DeleteTensor(tensor);
        }
    }

    /// <inheritdoc/>
    protected override Array Fetch()
    {
        var status = Status.Here;
        var tensor = TFE_TensorHandleResolve(handle, status.Raw);
        status.Check("TFE_TensorHandleResolve");
        try
        {
            var elements = dtype.NewArray(size);
            var bytes = (long)size * dtype.Bytes();
            fixed (byte* to = &MemoryMarshal.GetArrayDataReference(elements)) Buffer.MemoryCopy(TF_TensorData(tensor), to, bytes, bytes);
            return elements;
        }
        finally
        {
            TF_DeleteTensor(tensor);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => handle.Dispose();
}
