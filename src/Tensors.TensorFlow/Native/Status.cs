using System.Runtime.InteropServices;
using static Workbook.Tensors.TensorFlow.Native.TensorFlowApi;

namespace Workbook.Tensors.TensorFlow.Native;

/// <summary>What the last call on this thread said. One per thread: making one for each call would cost more than many an op.</summary>
sealed unsafe class Status
{
    [ThreadStatic] static Status? own;

    readonly StatusHandle handle = TF_NewStatus();

    /// <summary>This thread's.</summary>
    public static Status Here => own ??= new();

    /// <summary>The pointer to pass; valid while the thread lives.</summary>
    public nint Raw => handle.DangerousGetHandle();

    /// <summary>Whether the last call failed.</summary>
    public bool Failed => TF_GetCode(Raw) != 0;

    /// <summary>The failure as an exception, and forgets it.</summary>
    /// <param name="what">The op or the call.</param>
    public Exception Take(string what)
    {
        var (code, message) = ((StatusCode)TF_GetCode(Raw), Marshal.PtrToStringUTF8((nint)TF_Message(Raw)));
        TF_SetStatus(Raw, 0, null);
        return code switch
        {
            StatusCode.ResourceExhausted => new OutOfMemoryException($"{what}: TensorFlow has run out of memory: {message}"),
            StatusCode.NotFound => new EngineException($"{what}: this TensorFlow has no such op, or not for this dtype: {message}"),
            _ => new EngineException($"{what}: TensorFlow says {code}: {message}"),
        };
    }

    /// <summary>Raises the failure, if there is one.</summary>
    public void Check(string what)
    {
        if (Failed) throw Take(what);
    }

    /// <summary>Whether the last call refused its arguments, or has no kernel for so many axes; forgets it then.</summary>
    public bool Refused()
    {
        if ((StatusCode)TF_GetCode(Raw) is not (StatusCode.InvalidArgument or StatusCode.Unimplemented)) return false;
        TF_SetStatus(Raw, 0, null);
        return true;
    }
}
