using System.Runtime.Intrinsics;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>The width of the vectors that our kernels use.</summary>
internal static class VectorWidth
{
    /// <summary>512, 256 or 128: the widest that this processor accelerates. Tests set a smaller one.</summary>
    public static int Bits { get; set; } = Widest;

    /// <summary>The widest that this processor accelerates.</summary>
    public static int Widest => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
