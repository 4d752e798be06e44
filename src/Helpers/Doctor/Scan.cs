using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>The gradient of a loss over the domain of a variable, element by element.</summary>
static class Scan
{
    /// <summary>A longer vector is not drawn, and so many of its elements are looked at.</summary>
    public const int MostElements = 8;

    /// <summary>About so many places are looked at for each element.</summary>
    public const int Points = 13;

    static readonly double[] Near = [-3, -1, -0.3, -0.1, 0, 0.1, 0.3, 1, 3];

    static readonly double[] Far = [10, 30, 100];

    /// <summary>The curves of a variable, made once.</summary>
    public static IReadOnlyList<Curve> Of(Examination examination, Subject s)
    {
        if (s.Curves.Count > 0 || !s.HasSlope) return s.Curves;
        if (s.Start.size == 1) s.Curves.Add(Of(examination, s, null));
        else for (var i = 0; i < s.Start.size; i++) s.Curves.Add(Of(examination, s, i));
        return s.Curves;
    }

    /// <summary>The curve of one element, or of the only number.</summary>
    public static Curve Of(Examination examination, Subject s, int? element)
    {
        List<(double Value, double Gradient, double Loss)> points = [];
        void Look(double offset)
        {
            var at = At(s, element, offset);
            if (offset != 0 && s.Range is { } range && !(Raw(at, element) >= range.Low && Raw(at, element) <= range.High)) return;
            if (offset != 0 && IsHeld(s, at, element)) return;
            var (loss, gradient) = examination.GradientAt(s, at);
            var along = gradient is null || !double.IsFinite(loss) ? double.NaN : Along(s, element, gradient);
            points.Add((Shown(s, at, element), along, loss));
        }
        foreach (var near in Near) Look(near * s.Scale);
        var sign = Sign(Along(s, element, s.Gradient!));
        // Further downhill, as long as nothing turns: the optimum may lie far away.
        foreach (var far in Far)
        {
            if (points.Exists(p => Sign(p.Gradient) == -sign) || (s.Domain is not null && far > 10)) break;
            Look(-sign * far * s.Scale);
        }
        points.Sort((a, b) => a.Value.CompareTo(b.Value));
        return new(element, [.. points.Select(p => p.Value)], [.. points.Select(p => p.Gradient)], [.. points.Select(p => p.Loss)]);
    }

    /// <summary>Whether a constraint would take a value back; one that only rounds does not.</summary>
    public static bool IsHeld(Subject s, Tensor at, int? element) => s.Variable.Notes.Get<Keras.Constraint>() is { } constraint
        && Math.Abs(Raw(constraint.Apply(at), element) - Raw(at, element)) > 0.01 * s.Scale;

    /// <summary>The value with one element, or the only number, moved.</summary>
    public static Tensor At(Subject s, int? element, double offset)
    {
        var values = s.Start.ToArray<double>();
        values[element ?? 0] += offset;
        return tf.cast(tf.reshape(Tensor.FromSpan<double>(values, new Shape([values.Length])), s.Start.shape), s.Variable.dtype);
    }

    /// <summary>The derivative by one element, or by the only number.</summary>
    public static double Along(Subject s, int? element, Tensor gradient) => gradient.ToArray<double>()[element ?? 0];

    /// <summary>The derivative at the start.</summary>
    public static double Here(Subject s, Curve curve) => Along(s, curve.Element, s.Gradient!);

    /// <summary>The sign of a number; 0 of what is none.</summary>
    public static int Sign(double x) => double.IsNaN(x) ? 0 : Math.Sign(x);

    static double Raw(Tensor value, int? element) => value.ToArray<double>()[element ?? 0];

    /// <summary>A value in the units in which a reader knows it.</summary>
    static double Shown(Subject s, Tensor at, int? element) => s.Domain is { } domain and not (Simplex or Ordered)
        ? domain.ValueAt(at).ToArray<double>()[element ?? 0] : Raw(at, element);

    /// <summary>What lies around the start.</summary>
    /// <param name="s">The variable.</param>
    /// <param name="curve">Its curve.</param>
    /// <param name="way">Where its steps lead: up or down.</param>
    /// <returns>How many times as steep a hillside nearby is, and how far away; how far downhill the judge is content; null:
    /// nothing.</returns>
    public static (double Steeper, double Distance, double? Content, double Fastest)? Around(Subject s, Curve curve, int way)
    {
        var here = Here(s, curve);
        if (s.Domain is not null || here == 0) return null;
        var start = Raw(s.Start, curve.Element);
        var points = curve.Values.Zip(curve.Gradients, curve.Losses).Where(p => double.IsFinite(p.Second)).ToList();
        if (points.Count == 0) return null;
        // A hillside has flat ground on both sides; what grows up to the end of the curve, as exp does, is none.
        var top = Enumerable.Range(0, points.Count).MaxBy(i => Math.Abs(points[i].Second));
        var isHillside = top > 0 && top < points.Count - 1;
        double? content = null;
        var fastest = 1.0;
        var before = (Value: start, Gradient: here);
        foreach (var (value, gradient, _) in points.Where(p => (p.First - start) * way > 0).OrderBy(p => Math.Abs(p.First - start)))
        {
            if (Sign(gradient) == -Sign(here))
            {
                content = Math.Abs(before.Value + (value - before.Value) * before.Gradient / (before.Gradient - gradient) - start);
                break;
            }
            before = (value, gradient);
            fastest = Math.Max(fastest, Math.Abs(gradient / here));
        }
        return (isHillside ? Math.Abs(points[top].Second / here) : 1, Math.Abs(points[top].First - start), content, fastest);
    }
}
