namespace Workbook.Helpers;

/// <summary>Notices that a price doubles and doubles while the violation stays: a requirement that cannot be met.</summary>
/// <param name="doublings">After how many doublings.</param>
sealed class Impasse(int doublings = 10)
{
    /// <summary>Violations below this part of the scale count as met.</summary>
    const double Met = 1e-3;

    /// <summary>A mean violation that falls by less than this part of itself makes no progress.</summary>
    const double Progress = 0.01;

    /// <summary>A stretch has at least so many steps: a network may rest on a plateau for less.</summary>
    const int Stretch = 100;

    double first, least, begun, sum, before;
    int length;
    bool stuck;

    /// <summary>After how many doublings it is said.</summary>
    public int Doublings { get; } = doublings > 0 ? doublings
        : throw new ArgumentOutOfRangeException(nameof(doublings), doublings, "Expected at least one doubling.");

    /// <summary>Whether it has been said.</summary>
    public bool Said { get; private set; }

    /// <summary>The quantity with the least violation since the requirement was met last.</summary>
    public double Nearest { get; private set; }

    /// <summary>The step of <see cref="Nearest"/>.</summary>
    public int NearestStep { get; private set; }

    /// <summary>
    /// Takes in a step. A stretch ends when the price has doubled; the next should have a smaller mean violation. Two in a row that have
    /// not
    /// are an impasse: one may be the model on its way to where the requirement pulls it back from.
    /// </summary>
    /// <param name="violation">In units of the scale; above 0 where the requirement is broken.</param>
    /// <param name="price">The size of the price after the step.</param>
    /// <param name="step">The number of the step.</param>
    /// <param name="quantity">The quantity.</param>
    /// <returns>Whether this is the moment to say it.</returns>
    public bool After(double violation, double price, int step, double quantity)
    {
        if (violation <= Met)
        {
            first = 0;
            return false;
        }
        if (first == 0)
        {
            (first, begun, least, before) = (price, price, double.PositiveInfinity, double.PositiveInfinity);
            (sum, length, stuck) = (0, 0, false);
        }
        if (violation < least) (least, Nearest, NearestStep) = (violation, quantity, step);
        (sum, length) = (sum + violation, length + 1);
        if (length < Stretch) return false;
        var still = sum / length >= before * (1 - Progress);
        if (!Said && stuck && still && price >= first * Math.Pow(2, Doublings)) return Said = true;
        if (price >= 2 * begun) (before, begun, sum, length, stuck) = (sum / length, price, 0, 0, still);
        return false;
    }
}
