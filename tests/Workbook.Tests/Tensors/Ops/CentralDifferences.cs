using Workbook.Tensors;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>Derivatives by the fourth-order stencil (8(f(h) − f(−h)) − (f(2h) − f(−2h))) / 12h.</summary>
static class CentralDifferences
{
    /// <summary>At h = 1e-3 the stencil is off by h⁴f⁽⁵⁾/30 ≈ 3e-14·f⁽⁵⁾, and rounding adds about 1e-16·f/h = 1e-13·f.</summary>
    const double H = 1e-3;

    /// <summary>The gradient of a number by every element of one float64 input.</summary>
    public static double[] Gradient(Func<Tensor[], double> f, Tensor[] xs, int input)
    {
        var x = xs[input].ToArray<double>();
        var gradient = new double[x.Length];
        for (var i = 0; i < x.Length; i++)
        {
            double At(double step)
            {
                var moved = (double[])x.Clone();
                moved[i] += step;
                var all = (Tensor[])xs.Clone();
                all[input] = Tensor.FromSpan<double>(moved, xs[input].shape);
                return f(all);
            }
            gradient[i] = (8 * (At(H) - At(-H)) - (At(2 * H) - At(-2 * H))) / (12 * H);
        }
        return gradient;
    }

    /// <summary>Σ weights · values, over several tensors; a missing one counts as zeros.</summary>
    public static double Dot(IEnumerable<Tensor?> weights, IEnumerable<Tensor?> values) =>
        weights.Zip(values).Sum(p => p.First is null || p.Second is null ? 0
            : p.First.ToArray<double>().Zip(p.Second.ToArray<double>(), (w, v) => w * v).Sum());
}
