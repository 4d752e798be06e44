using System.Globalization;
using System.Net;

namespace Workbook.Helpers;

/// <summary>The gradient over a domain as a drawing of the size of a word.</summary>
static class Sparkline
{
    const double Width = 120, Height = 36;

    /// <summary>A drawing in SVG, in the colour of the text around it: the gradient, the line where it is 0, and the place of
    /// today.</summary>
    public static string Of(Curve curve, VariableReport row)
    {
        var points = curve.Values.Zip(curve.Gradients).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)).ToList();
        if (points.Count < 2) return "";
        // Far places are near each other on a scale that keeps signs; the shape and the sign are what counts.
        double[] xs = [.. Enumerable.Range(0, points.Count).Select(i => Width * (0.03 + 0.94 * i / (points.Count - 1)))];
        var largest = points.Max(p => Math.Abs(p.Second));
        double Y(double g) => Height * (0.5 - 0.44 * (largest == 0 ? 0 : Math.Sign(g) * Math.Sqrt(Math.Abs(g) / largest)));
        var line = string.Join(" ", points.Select((p, i) => $"{Number(xs[i])},{Number(Y(p.Second))}"));
        var today = row.Value[Math.Min(curve.Element ?? 0, row.Value.Count - 1)];
        var at = Enumerable.Range(0, points.Count).MinBy(i => Math.Abs(points[i].First - today));
        var says = $"gradient {Numbers.Show(points[0].Second, 3)} at {Numbers.Show(points[0].First, 3)}, {Numbers.Show(points[at].Second, 3)} at "
            + $"{Numbers.Show(points[at].First, 3)} (now), {Numbers.Show(points[^1].Second, 3)} at {Numbers.Show(points[^1].First, 3)}";
        return $"<svg role=\"img\" aria-label=\"{WebUtility.HtmlEncode(says)}\" width=\"{Number(Width)}\" height=\"{Number(Height)}\" "
            + $"viewBox=\"0 0 {Number(Width)} {Number(Height)}\"><title>{WebUtility.HtmlEncode(says)}</title>"
            + $"<line x1=\"0\" x2=\"{Number(Width)}\" y1=\"{Number(Height / 2)}\" y2=\"{Number(Height / 2)}\" stroke=\"currentColor\" "
            + "stroke-opacity=\"0.35\" stroke-dasharray=\"3 3\"/>"
            + $"<polyline points=\"{line}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"
            + $"<circle cx=\"{Number(xs[at])}\" cy=\"{Number(Y(points[at].Second))}\" r=\"3\" fill=\"currentColor\"/></svg>";
    }

    static string Number(double x) => x.ToString("0.#", CultureInfo.InvariantCulture);
}
