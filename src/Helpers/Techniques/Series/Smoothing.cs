using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Exponential smoothing with learned constants: each forecast is a mean of the past that forgets, and the constants say how
/// fast.</summary>
/// <remarks>
/// Judge: the training loss, here the mean square of the one-step errors. It has two opinions about each constant: one that forgets at once
/// follows the noise, one that forgets nothing misses each change. The constants stay between 0 and 1; one that the data want at an end is
/// named by <see cref="SmoothingFit.AtBorder"/>. First values and recursions are those of R's HoltWinters. The series is data: gradients
/// reach the constants, through the whole recursion, and not the series.
/// Sources: Brown 1956; Holt 1957; Winters 1960. R: stats::HoltWinters.
/// </remarks>
public abstract class Smoothing : Module
{
    // Nearer to an end no sum of squares is told from that at the end.
    const double End = 1e-9, Border = 1e-6;

    static readonly double[] Tried = [0.05, 0.3, 0.7, 0.95];

    readonly UnitInterval[] constants;

    private protected Smoothing(params UnitInterval[] constants) => this.constants = constants;

    /// <summary>The constants in their order: α, β, γ, as many as the method has.</summary>
    public IReadOnlyList<UnitInterval> Constants => constants;

    /// <summary>The position of the first value that is forecast; those before it make the first level, trend and season.</summary>
    public abstract int Start { get; }

    private protected string Who => GetType().Name;

    /// <summary>What each value was expected to be one step before: shape (n − <see cref="Start"/>,). Differentiable by the
    /// constants.</summary>
    /// <param name="series">Shape (n,), in its order.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="ArgumentException">Too short, a value that is missing, or a series that never changes.</exception>
    public Tensor OneStep(Operand series) => tf.stack(Run(Read(series), Values()).Expected);

    /// <summary>The mean square of the one-step errors, a scalar. Differentiable by the constants.</summary>
    /// <inheritdoc cref="OneStep"/>
    public Tensor Loss(Operand series) => Loss(Read(series), Values());

    /// <summary>The next values, all seen from the end of the series: shape (steps,).</summary>
    /// <param name="series">Shape (n,), in its order.</param>
    /// <param name="steps">How many values, at least 1.</param>
    /// <inheritdoc cref="OneStep"/>
    public Tensor Forecast(Operand series, int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        return tf.stack(Run(Read(series), Values()).Ahead(steps));
    }

    /// <summary>Finds the constants of the least squares, and keeps them.</summary>
    /// <remarks>
    /// Damped Newton steps through the recursion inside [0, 1] from three starts, the best among where the constants are and a coarse
    /// grid: with three constants the sum of squares has several minima.
    /// </remarks>
    /// <param name="series">Shape (n,), in its order.</param>
    /// <exception cref="ShapeException">Another shape.</exception>
    /// <exception cref="ArgumentException">Too short, a value that is missing, or a series that never changes.</exception>
    public SmoothingFit Fit(Operand series)
    {
        var x = Read(series);
        double Squares(double[] at) => (double)Loss(x, Array.ConvertAll(at, c => tf.constant(c, tf.float64)));
        var starts = Grid(constants.Length).Append([.. constants.Select(c => (double)c.Value)])
            .Select(at => (At: at, Squares: Squares(at))).OrderBy(g => g.Squares).Take(3).ToList();
        // In this unit a slope of 1 is one that matters, whatever the unit of the series.
        var unit = starts[0].Squares > 0 ? starts[0].Squares : 1;
        var best = starts.Select(s => UnitBoxNewton.Minimize(At, s.At)).MinBy(Squares)!;
        foreach (var (constant, value) in constants.Zip(best)) constant.Assign(Math.Clamp(value, End, 1 - End));
        var count = x.Length - Start;
        return new(best, count * Squares(best), count,
            [.. constants.Where((_, i) => best[i] is < Border or > 1 - Border).Select(c => c.Name)]);

        (double Value, double[] Gradient) At(double[] at)
        {
            var c = tf.constant(at);
            using var tape = tf.GradientTape();
            tape.watch(c);
            var loss = Loss(x, tf.unstack(c)) / unit;
            return ((double)loss, tape.gradient(loss, c)!.ToArray<double>());
        }
    }

    /// <summary>The constants with their values.</summary>
    public override string ToString() => string.Join(", ", constants.Select(c => $"{c.Name} = {Numbers.Show((double)c.Value, 4)}"));

    private protected static UnitInterval Constant(Hyperparameter? first, double usual, string name) =>
        new(tf.constant((first ?? usual).Fixed($"{name} of a smoothing"), tf.float64), name);

    private protected abstract double[] Read(Operand series);

    private protected abstract SmoothingRun Run(double[] series, Tensor[] constants);

    Tensor[] Values() => Array.ConvertAll(constants, c => c.Value);

    Tensor Loss(double[] x, Tensor[] at) =>
        tf.reduce_mean(tf.square(tf.constant(x[Start..]) - tf.stack(Run(x, at).Expected)));

    static IEnumerable<double[]> Grid(int count) => count == 0 ? [[]]
        : Grid(count - 1).SelectMany(g => Tried.Select(t => (double[])[.. g, t]));
}
