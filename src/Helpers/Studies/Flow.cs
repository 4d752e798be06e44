namespace Workbook.Helpers;

/// <summary>
/// Descent in steps so small that it is a flow: ds/dt = slope(s), followed by the classical method of Runge and Kutta. Its error falls
/// with the fourth power of the step.
/// </summary>
public static class Flow
{
    /// <summary>Where the flow is after some time.</summary>
    /// <param name="slope">ds/dt at s, as many numbers as s has.</param>
    /// <param name="start">s at time 0.</param>
    /// <param name="time">The time, at least 0.</param>
    /// <param name="step">The step, above 0; the last one is shortened to end at the time.</param>
    public static double[] Follow(Func<double[], double[]> slope, double[] start, double time, double step = 1e-3)
    {
        var (state, steps) = (start, (int)Math.Ceiling(Above(step) is var h ? time / h : 0));
        for (var k = 0; k < steps; k++) state = Next(slope, state, time / steps);
        return state;
    }

    /// <summary>When the flow first fulfils a condition, to one step.</summary>
    /// <param name="slope">ds/dt at s, as many numbers as s has.</param>
    /// <param name="start">s at time 0.</param>
    /// <param name="condition">What is waited for, such as <c>s => s[0] &lt; 0</c>.</param>
    /// <param name="step">The step, above 0.</param>
    /// <exception cref="InvalidOperationException">It has not come about after ten million steps.</exception>
    public static double Until(Func<double[], double[]> slope, double[] start, Func<double[], bool> condition, double step = 1e-5)
    {
        const int Limit = 10_000_000;
        var state = start;
        for (var k = 0; k < Limit; k++, state = Next(slope, state, Above(step)))
            if (condition(state)) return k * step;
        throw new InvalidOperationException(
            $"Flow: expected the condition to come about within time {Numbers.Show(Limit * step)}. "
                + $"Received: a state of {string.Join(", ", state.Select(s => Numbers.Show(s)))} then. "
                + "Take a larger step, or wait for something else.");
    }

    static double[] Next(Func<double[], double[]> slope, double[] s, double h)
    {
        var a = slope(s);
        var b = slope(Moved(s, a, h / 2));
        var c = slope(Moved(s, b, h / 2));
        var d = slope(Moved(s, c, h));
        return [.. s.Select((v, i) => v + h / 6 * (a[i] + 2 * b[i] + 2 * c[i] + d[i]))];
    }

    static double[] Moved(double[] s, double[] slope, double h) => [.. s.Select((v, i) => v + h * slope[i])];

    static double Above(double step) => step > 0 ? step
        : throw new ArgumentOutOfRangeException(nameof(step), $"Flow: expected a step above 0. Received: {Numbers.Show(step)}. Take 1e-3.");
}
