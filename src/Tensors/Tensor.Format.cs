using System.Globalization;
using System.Text;

namespace Workbook.Tensors;

public sealed partial class Tensor
{
    const int EdgeItems = 3;
    const int Threshold = 60;

    /// <summary>Shape, dtype and rounded elements; long axes are shortened with an ellipsis.</summary>
    /// <remarks>
    /// Example: <c>tf.Tensor([1 2.5], shape=(2,), dtype=float32)</c>. From rank 2 on, the elements begin on a line of their own, and
    /// columns line up.
    /// </remarks>
    public override string ToString() => $"tf.Tensor({Elements()}, shape={shape}, dtype={dtype.Name()})";

    /// <summary>The rounded elements in brackets, as NumPy prints them; where they take several lines, they begin on a new one.</summary>
    internal string Elements()
    {
        if (ndim == 0) return Element(0);
        var text = Brackets(width: 0);
        if (ndim == 1 || size == 0) return text;
        return "\n" + Brackets(text.Split(' ', '\n', '[', ']').Where(t => t != "...").Max(t => t.Length));
    }

    string Brackets(int width)
    {
        var text = new StringBuilder();
        Append(text, 0, 0, size > Threshold, width);
        return text.ToString();
    }

    void Append(StringBuilder text, int axis, int offset, bool shorten, int width)
    {
        var stride = 1;
        for (var i = axis + 1; i < ndim; i++) stride *= shape[i];
        text.Append('[');
        for (var i = 0; i < shape[axis]; i++)
        {
            if (i > 0) text.Append(axis == ndim - 1 ? " " : "\n" + new string(' ', axis + 1));
            if (shorten && shape[axis] > 2 * EdgeItems && i == EdgeItems)
            {
                text.Append("...");
                i = shape[axis] - EdgeItems - 1;
            }
            else if (axis == ndim - 1) text.Append(Element(offset + i).PadLeft(width));
            else Append(text, axis + 1, offset + i * stride, shorten, width);
        }
        text.Append(']');
    }

    string Element(int i) => Data switch
    {
        float[] f => Round(f[i], 6),
        double[] d => Round(d[i], 8),
        int[] n => n[i].ToString(CultureInfo.InvariantCulture),
        long[] n => n[i].ToString(CultureInfo.InvariantCulture),
        bool[] b => b[i] ? "True" : "False",
        _ => throw new DTypeException($"Expected a known element type. Received: {Data.GetType()}."),
    };

    static string Round(double value, int digits) => value.ToString("G" + digits, CultureInfo.InvariantCulture);
}
