using Microsoft.Win32.SafeHandles;

namespace Workbook.Tensors.TensorFlow.Native;

/// <summary>TensorFlow's eager runtime: devices, kernels, memory.</summary>
sealed class ContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        TensorFlowApi.TFE_DeleteContext(handle);
        return true;
    }
}
