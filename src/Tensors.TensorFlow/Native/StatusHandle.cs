using Microsoft.Win32.SafeHandles;

namespace Workbook.Tensors.TensorFlow.Native;

/// <summary>What the last call said.</summary>
sealed class StatusHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        TensorFlowApi.TF_DeleteStatus(handle);
        return true;
    }
}
