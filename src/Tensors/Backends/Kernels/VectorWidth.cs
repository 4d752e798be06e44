using System.Runtime.Intrinsics;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>The width of the vectors that our kernels use.</summary>
static class VectorWidth
{
    [ThreadStatic] static int forced;

    /// <summary>512, 256 or 128: the widest that this processor accelerates. Tests force a smaller one, on their thread.</summary>
    public static int Bits
    {
        get => forced == 0 ? Widest : forced;
        set => forced = value;
    }

    /// <summary>The widest that this processor accelerates.</summary>
    public static int Widest => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
