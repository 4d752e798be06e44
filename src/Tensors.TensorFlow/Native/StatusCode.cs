namespace Workbook.Tensors.TensorFlow.Native;

/// <summary>TensorFlow's status codes (tensorflow/c/tf_status.h), by the names under which messages tell them.</summary>
enum StatusCode
{
    Ok = 0,
    Cancelled = 1,
    Unknown = 2,
    InvalidArgument = 3,
    NotFound = 5,
    PermissionDenied = 7,
    ResourceExhausted = 8,
    FailedPrecondition = 9,
    Aborted = 10,
    OutOfRange = 11,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
}
