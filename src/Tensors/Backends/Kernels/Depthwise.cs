using System.Runtime.CompilerServices;

namespace Workbook.Tensors.Backends.Kernels;

/// <summary>Convolutions in which each channel has filters of its own: y[…, c·m + q] = Σ x[…, c] · kernel[i, j, 0, c·m + q].</summary>
static unsafe class Depthwise
{
    public enum Form
    {
        /// <summary>y += x · kernel.</summary>
        Result,

        /// <summary>x += y · kernel.</summary>
        ByInput,

        /// <summary>kernel += x · y.</summary>
        ByKernel,
    }

    /// <summary>One of the three forms, added to what is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(T* x, T* kernel, T* y, Shape xs, int filters, Window window, Form form) where T : unmanaged
    {
        int height = xs[1], width = xs[2], channels = xs[3], each = filters / channels;
        int windowsY = window.Y.Windows(height), windowsX = window.X.Windows(width);
        for (var image = 0; image < xs[0]; image++)
            for (var oy = 0; oy < windowsY; oy++)
            {
                var (firstY, endY) = window.Y.Inside(oy, height);
                for (var ox = 0; ox < windowsX; ox++, y += filters)
                {
                    var (firstX, endX) = window.X.Inside(ox, width);
                    for (var i = firstY; i < endY; i++)
                        for (var j = firstX; j < endX; j++)
                        {
                            var from = x + (((nint)image * height + oy * window.Y.Stride - window.Y.Before + i * window.Y.Dilation) * width
                                + ox * window.X.Stride - window.X.Before + j * window.X.Dilation) * channels;
                            Line(from, kernel + (i * window.X.Size + j) * filters, y, channels, each, form);
                        }
                }
            }
    }

    static void Line<T>(T* x, T* kernel, T* y, int channels, int each, Form form) where T : unmanaged
    {
        if (each == 1)
        {
            if (form == Form.Result) Lines.AddProduct(x, kernel, y, channels);
            else if (form == Form.ByInput) Lines.AddProduct(y, kernel, x, channels);
            else Lines.AddProduct(x, y, kernel, channels);
            return;
        }
        for (var c = 0; c < channels; c++)
            for (var q = c * each; q < (c + 1) * each; q++)
                if (form == Form.Result) Lines.AddProduct(x + c, kernel + q, y + q, 1);
                else if (form == Form.ByInput) Lines.AddProduct(y + q, kernel + q, x + c, 1);
                else Lines.AddProduct(x + c, y + q, kernel + q, 1);
    }
}
