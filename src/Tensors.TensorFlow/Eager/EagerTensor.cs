using System.Runtime.InteropServices;
using Workbook.Tensors.Backends;
using Workbook.Tensors.TensorFlow.Native;
using static Workbook.Tensors.TensorFlow.Native.TensorFlowApi;

namespace Workbook.Tensors.TensorFlow.Eager;

/// <summary>Elements that lie in TensorFlow's memory.</summary>
sealed unsafe class EagerTensor(nint handle, Shape shape, DType dtype) : Storage
{
    /// <summary>TensorFlow's tensor.</summary>
    public TensorHandle Handle { get; } = new(handle, (long)shape.Size * dtype.Bytes());

    /// <summary>The shape that TensorFlow knows; a tensor of ours may see the elements under another one.</summary>
    public Shape Shape => shape;

    /// <summary>The element type.</summary>
    public DType DType => dtype;

    /// <summary>Copies elements into TensorFlow's memory.</summary>
    /// <exception cref="OutOfMemoryException">TensorFlow has none left.</exception>
    public static EagerTensor From(Array elements, Shape shape, DType dtype)
    {
        var dims = stackalloc long[shape.Rank];
        for (var i = 0; i < shape.Rank; i++) dims[i] = shape[i];
        var bytes = (long)shape.Size * dtype.Bytes();
        var tensor = TF_AllocateTensor(dtype.Code(), dims, shape.Rank, (nuint)bytes);
        if (tensor == 0 || (bytes > 0 && TF_TensorData(tensor) is null))
            throw new OutOfMemoryException($"TensorFlow has no memory for {bytes} bytes.");
        try
        {
            fixed (byte* from = &MemoryMarshal.GetArrayDataReference(elements)) Buffer.MemoryCopy(from, TF_TensorData(tensor), bytes,
                bytes);
            var handle = TFE_NewTensorHandle(tensor, Status.Here.Raw);
            Status.Here.Check("TFE_NewTensorHandle");
            return new(handle, shape, dtype);
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
        var tensor = TFE_TensorHandleResolve(Handle, status.Raw);
        status.Check("TFE_TensorHandleResolve");
        try
        {
            var elements = dtype.NewArray(shape.Size);
            var bytes = (long)shape.Size * dtype.Bytes();
            fixed (byte* to = &MemoryMarshal.GetArrayDataReference(elements)) Buffer.MemoryCopy(TF_TensorData(tensor), to, bytes, bytes);
            return elements;
        }
        finally
        {
            TF_DeleteTensor(tensor);
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => Handle.Dispose();
}
