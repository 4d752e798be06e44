using Microsoft.Win32.SafeHandles;

namespace Workbook.Tensors.TensorFlow.Native;

/// <summary>A call of an op, to be filled in, executed and used again.</summary>
sealed class OpHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        TensorFlowApi.TFE_DeleteOp(handle);
        return true;
    }
}
