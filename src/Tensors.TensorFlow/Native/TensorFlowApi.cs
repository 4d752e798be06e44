using System.Runtime.InteropServices;

namespace Workbook.Tensors.TensorFlow.Native;

/// <summary>
/// The part of TensorFlow's C API that is used: the same functions in every TensorFlow since 2.10 (tensorflow/c/c_api.h,
/// tensorflow/c/eager/c_api.h, and of c_api_experimental.h TFE_OpReset).
/// </summary>
/// <remarks>Names of ops and attributes are UTF-8 literals, which C# ends with a zero.</remarks>
static unsafe partial class TensorFlowApi
{
    /// <summary>The name that the resolver of <see cref="Loading.TensorFlowLibrary"/> turns into the library that was found.</summary>
    public const string Library = "tensorflow";

    [LibraryImport(Library)]
    public static partial byte* TF_Version();

    [LibraryImport(Library)]
    public static partial StatusHandle TF_NewStatus();

    [LibraryImport(Library)]
    public static partial void TF_DeleteStatus(nint status);

    [LibraryImport(Library)]
    public static partial void TF_SetStatus(nint status, int code, byte* message);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int TF_GetCode(nint status);

    [LibraryImport(Library)]
    public static partial byte* TF_Message(nint status);

    [LibraryImport(Library)]
    public static partial nint TF_AllocateTensor(int dtype, long* dims, int rank, nuint bytes);

    [LibraryImport(Library)]
    public static partial void TF_DeleteTensor(nint tensor);

    [LibraryImport(Library)]
    public static partial void* TF_TensorData(nint tensor);

    [LibraryImport(Library)]
    public static partial nint TFE_NewContextOptions();

    [LibraryImport(Library)]
    public static partial void TFE_DeleteContextOptions(nint options);

    [LibraryImport(Library)]
    public static partial ContextHandle TFE_NewContext(nint options, nint status);

    [LibraryImport(Library)]
    public static partial void TFE_DeleteContext(nint context);

    [LibraryImport(Library)]
    public static partial nint TFE_ContextListDevices(ContextHandle context, nint status);

    [LibraryImport(Library)]
    public static partial int TF_DeviceListCount(nint devices);

    [LibraryImport(Library)]
    public static partial byte* TF_DeviceListName(nint devices, int index, nint status);

    [LibraryImport(Library)]
    public static partial void TF_DeleteDeviceList(nint devices);

    [LibraryImport(Library)]
    public static partial nint TFE_NewTensorHandle(nint tensor, nint status);

    [LibraryImport(Library)]
    public static partial void TFE_DeleteTensorHandle(nint handle);

    [LibraryImport(Library)]
    public static partial nint TFE_TensorHandleResolve(TensorHandle handle, nint status);

    [LibraryImport(Library)]
    public static partial OpHandle TFE_NewOp(ContextHandle context, byte* name, nint status);

    [LibraryImport(Library)]
    public static partial void TFE_DeleteOp(nint op);

    [LibraryImport(Library)]
    public static partial void TFE_OpReset(nint op, byte* name, byte* device, nint status);

    [LibraryImport(Library)]
    public static partial void TFE_OpAddInput(nint op, TensorHandle input, nint status);

    [LibraryImport(Library)]
    public static partial void TFE_OpAddInputList(nint op, nint* inputs, int count, nint status);

    [LibraryImport(Library)]
    public static partial void TFE_OpSetAttrBool(nint op, byte* name, byte value);

    [LibraryImport(Library)]
    public static partial void TFE_OpSetAttrInt(nint op, byte* name, long value);

    [LibraryImport(Library)]
    public static partial void TFE_OpSetAttrIntList(nint op, byte* name, long* values, int count);

    [LibraryImport(Library)]
    public static partial void TFE_OpSetAttrString(nint op, byte* name, void* value, nuint length);

    [LibraryImport(Library)]
    public static partial void TFE_OpSetAttrType(nint op, byte* name, int dtype);

    [LibraryImport(Library)]
    public static partial void TFE_Execute(nint op, nint* results, int* count, nint status);
}
