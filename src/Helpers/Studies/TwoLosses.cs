namespace Workbook.Helpers;

/// <summary>
/// Every weighting of two losses from the same first weights: the study of notebook 08, 24 seeds in <c>data/studies/two-losses.csv</c>.
/// </summary>
/// <remarks>
/// A seed trains each weighting of <see cref="TwoLossWeightings"/> on <see cref="DigitTasks"/>, and controls: the weights that the
/// uncertainty run of the same seed had, with their common factor divided out ("its ratio alone"), or that factor alone; the weights of the
/// run with a requirement, scaled to one sum; equal weights at three times the rate, and for twice as many steps. All have the same rows,
/// optimizer and first weights. The ramp goes in 60 steps to where GradNorm at 0.1 goes in about as many.
/// </remarks>
public sealed class TwoLosses
{
    /// <summary>Equal weights, with which all are compared.</summary>
    public const string Equal = "MSE × 1";

    /// <summary>The control that trains with equal weights at three times the rate.</summary>
    public const string Faster = "equal, rate 0.03";

    const string Name = "two-losses", Uncertainty = "uncertainty", Requirement = "required, 0.006";
    const int Short = 600, Long = 2400, Longest = 4800;
    const double FasterRate = 0.03;

    static readonly int[] looks = [300, Short, 1200, Long, Longest];

    readonly Study study;

    TwoLosses(Study study) => this.study = study;

    /// <summary>The names of all that were trained: weightings and controls.</summary>
    public IReadOnlyList<string> Weightings =>
        [.. study.Columns.Select(c => c[..c.LastIndexOf(": ", StringComparison.Ordinal)]).Distinct()];

    /// <summary>The seeds.</summary>
    public IReadOnlyList<int> Seeds => study.Seeds;

    /// <summary>The stored table.</summary>
    public static TwoLosses Stored() => new(Study.Stored(Name));

    /// <summary>All trainings of one seed, up to 2400 steps (equal weights: 4800): about 20 seconds on one core.</summary>
    /// <param name="seed">Of the first weights.</param>
    /// <returns>The numbers of each training, under the names that <see cref="Number"/> reads.</returns>
    public static IReadOnlyDictionary<string, double> Run(int seed) => Run(seed, Long);

    /// <summary>All trainings of one seed, up to fewer steps.</summary>
    /// <param name="seed">Of the first weights.</param>
    /// <param name="steps">At most so many steps; equal weights take twice as many.</param>
    public static IReadOnlyDictionary<string, double> Run(int seed, int steps)
    {
        var (tasks, first, numbers) = (new DigitTasks(), (ulong)seed, new Dictionary<string, double>());
        DigitRun Train(string name, Weighting weighting, int steps, double rate = 0.01)
        {
            var run = tasks.Run(weighting, first, steps, looks, rate: rate);
            foreach (var look in run.Looks.Where(l => looks.Contains(l.Step)))
                foreach (var (what, number) in Numbers(look)) numbers[Column(name, what, look.Step)] = Helpers.Numbers.Round(number, 5);
            return run;
        }

        foreach (var (name, weighting) in TwoLossWeightings.All(seed))
        {
            var run = Train(name, weighting(), name == Equal ? 2 * steps : steps);
            // A price may be 0, so its weights have no ratio; their shares do.
            if (name == Requirement) Train(Ratio(name), Weighting.Replay([.. run.Weights.Select(Weighting.Shares)]), steps);
            if (!name.StartsWith(Uncertainty, StringComparison.Ordinal)) continue;
            Train(Ratio(name), Weighting.Replay([.. run.Weights.Select(Weighting.Ratio)]), steps);
            Train(Factor(name), Weighting.Replay([.. run.Weights.Select(Weighting.Common)]), steps);
        }
        Train(Faster, TwoLossWeightings.Factor(1), steps, FasterRate);
        return numbers;
    }

    /// <summary>The control of a weighting that has its exchange rate and no more: the common factor is divided out.</summary>
    /// <param name="weighting">The name of the weighting.</param>
    public static string Ratio(string weighting) => $"{weighting}, its ratio alone";

    /// <summary>The control of a weighting that has its common factor and no more: both weights are the same.</summary>
    /// <param name="weighting">The name of the weighting.</param>
    public static string Factor(string weighting) => $"{weighting}, its factor alone";

    /// <summary>How many of the 599 test digits are read rightly.</summary>
    /// <param name="weighting">A name.</param>
    /// <param name="step">After how many steps: 300, 600, 1200 or 2400.</param>
    public Estimate Right(string weighting, int step = Short) => Estimate.Of(Number(weighting, "right", step));

    /// <summary>How many more of the 599 test digits one weighting reads rightly than another, paired by seed.</summary>
    /// <param name="weighting">A name.</param>
    /// <param name="minus">What it is compared with.</param>
    /// <param name="step">After how many steps.</param>
    /// <param name="stepOfOther">After how many steps of the other; default: as many.</param>
    public Estimate Right(string weighting, string minus, int step = Short, int? stepOfOther = null) =>
        Estimate.Paired(Number(weighting, "right", step), Number(minus, "right", stepOfOther ?? step));

    /// <summary>The mean squared error with which the test digits are drawn.</summary>
    /// <inheritdoc cref="Right(string, int)"/>
    public Estimate Error(string weighting, int step = Short) => Estimate.Of(Number(weighting, "test MSE", step));

    /// <summary>How much larger the test error of one weighting is than that of another, paired by seed.</summary>
    /// <inheritdoc cref="Right(string, string, int, int?)"/>
    public Estimate Error(string weighting, string minus, int step = Short, int? stepOfOther = null) =>
        Estimate.Paired(Number(weighting, "test MSE", step), Number(minus, "test MSE", stepOfOther ?? step));

    /// <summary>One number of all seeds.</summary>
    /// <param name="weighting">A name.</param>
    /// <param name="what">right, test MSE, CE weight, MSE weight, training CE or training MSE.</param>
    /// <param name="step">After how many steps.</param>
    /// <exception cref="KeyNotFoundException">The study has no such number.</exception>
    public double[] Number(string weighting, string what, int step = Short) => study[Column(weighting, what, step)];

    /// <summary>One number of one seed.</summary>
    /// <inheritdoc cref="Number(string, string, int)"/>
    public double Of(int seed, string weighting, string what, int step = Short) => study.Of(seed, Column(weighting, what, step));

    /// <summary>The name that <see cref="Run(int)"/> gives to a number.</summary>
    /// <inheritdoc cref="Number(string, string, int)"/>
    public static string Column(string weighting, string what, int step = Short) => $"{weighting}: {what} at {step}";

    static IEnumerable<(string, double)> Numbers(DigitLook look) =>
    [
        ("right", look.Right), ("test MSE", look.Error),
        .. look.Step != Short && look.Step != Long ? new (string, double)[] { } :
        [
            ("CE weight", look.Weights[0]), ("MSE weight", look.Weights[1]),
            ("training CE", look.Losses[0]), ("training MSE", look.Losses[1]),
        ],
    ];
}
