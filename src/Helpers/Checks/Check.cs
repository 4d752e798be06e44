using Workbook.Tensors;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>What a notebook asserts. Each check prints one line, adds a row to the ground-truth table, and throws when it fails.</summary>
/// <remarks>
/// A line begins with "✓ " or "✗ ": whoever runs the notebook counts these lines. The rows live as long as the process, which runs
/// one notebook.
/// </remarks>
public static class Check
{
    const int Few = 4;

    static readonly List<CheckRow> Recorded = [];
    static readonly AsyncLocal<List<CheckRow>?> trial = new();

    /// <summary>A number that is known elsewhere is met in value, not in size only, if the tolerance is at most this part of it.</summary>
    const double Close = 0.1;

    /// <summary>The checks so far, in their order.</summary>
    public static IReadOnlyList<CheckRow> Rows => Recorded;

    /// <summary>A number equals a reference within a tolerance: |ours − reference| ≤ within, or ≤ relative · |reference|.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here.</param>
    /// <param name="reference">What it should be.</param>
    /// <param name="within">The largest absolute difference; state this or <paramref name="relative"/>.</param>
    /// <param name="relative">The largest difference as a part of the reference.</param>
    /// <param name="source">Where the reference comes from.</param>
    /// <exception cref="CheckException">The difference is larger, or a number is NaN.</exception>
    /// <exception cref="ArgumentException">Neither tolerance is given, or both are.</exception>
    public static void Equal(string quantity, double ours, double reference, double? within = null, double? relative = null,
        string source = "") =>
        Compare(quantity, [ours], [reference], Show(ours), Show(reference), within, relative, source);

    /// <summary>
    /// All elements of a tensor equal those of a reference within a tolerance: max |ours − reference| ≤ within, or ≤ relative · max
    /// |reference|.
    /// </summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here: a tensor or a variable.</param>
    /// <param name="reference">What it should be: of the same shape, or one number for all elements.</param>
    /// <param name="within">The largest absolute difference; state this or <paramref name="relative"/>.</param>
    /// <param name="relative">The largest difference as a part of the largest element of the reference.</param>
    /// <param name="source">Where the reference comes from.</param>
    /// <exception cref="CheckException">A difference is larger, or a number is NaN.</exception>
    /// <exception cref="ArgumentException">Neither tolerance is given, or both are, or the shapes differ.</exception>
    public static void Equal(string quantity, Operand ours, Operand reference, double? within = null, double? relative = null,
        string source = "")
    {
        // A C# number alone would become float32; here it keeps all its digits.
        Tensor a = tf.constant(ours, tf.float64), b = tf.constant(reference, tf.float64);
        if (b.size == 1) b = tf.broadcast_to(tf.reshape(b, Shape.Scalar), a.shape);
        if (a.shape != b.shape)
            throw new ArgumentException($"{quantity}: expected a reference of shape {a.shape} or a number. Received: shape {b.shape}.");
        Compare(quantity, a.ToArray<double>(), b.ToArray<double>(), Short(a), Short(b), within, relative, source);
    }

    /// <summary>A whole number, such as a step or a count, equals a reference exactly.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here; null, such as a step that never came, equals no reference.</param>
    /// <param name="reference">What it should be.</param>
    /// <param name="source">Where the reference comes from.</param>
    /// <exception cref="CheckException">The numbers differ.</exception>
    public static void Equal(string quantity, long? ours, long reference, string source = "") =>
        Record(new(quantity, ours is null ? "none" : $"{ours}", $"{reference}", source,
            ours is null ? "" : $"{Math.Abs(ours.Value - reference)}", "exact", ours == reference)
        { Kind = KindOf(source, 0, 1) },
            $"{(ours is null ? "none" : $"{ours}")} (reference {reference}{Comma(source)}; exact)");

    /// <summary>A number is below a bound: ours &lt; bound.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here.</param>
    /// <param name="bound">What it must stay below.</param>
    /// <param name="source">Where the bound comes from.</param>
    /// <exception cref="CheckException">The number is not below the bound, or is NaN.</exception>
    public static void Less(string quantity, double ours, double bound, string source = "") =>
        Bound(quantity, ours, bound, source, ours < bound, "<");

    /// <summary>A number is above a bound: ours &gt; bound.</summary>
    /// <param name="quantity">What is checked, as the table names it.</param>
    /// <param name="ours">What was computed here.</param>
    /// <param name="bound">What it must stay above.</param>
    /// <param name="source">Where the bound comes from.</param>
    /// <exception cref="CheckException">The number is not above the bound, or is NaN.</exception>
    public static void Greater(string quantity, double ours, double bound, string source = "") =>
        Bound(quantity, ours, bound, source, ours > bound, ">");

    /// <summary>A statement holds.</summary>
    /// <param name="statement">What is checked, as a sentence.</param>
    /// <param name="condition">Whether it holds.</param>
    /// <param name="source">Why it should hold.</param>
    /// <exception cref="CheckException">It does not hold.</exception>
    public static void True(string statement, bool condition, string source = "") =>
        Record(new(statement, condition ? "true" : "false", "true", source, "", "", condition),
            (condition ? "true" : "false (expected true)") + (source == "" ? "" : $" ({source})"));

    /// <summary>What must go wrong does: an action raises an exception of a type, or of one derived from it.</summary>
    /// <typeparam name="TException">The exception that is expected.</typeparam>
    /// <param name="statement">What is checked, as the table names it.</param>
    /// <param name="action">What raises it.</param>
    /// <param name="source">Why it should be raised.</param>
    /// <exception cref="CheckException">The action raised nothing, or another exception, which is then the inner one.</exception>
    public static void Raises<TException>(string statement, Action action, string source = "") where TException : Exception
    {
        Exception? raised = null;
        try
        {
            action();
        }
        catch (Exception e)
        {
            raised = e;
        }

        var (expected, passed) = (typeof(TException).Name, raised is TException);
        var words = raised is null ? "nothing was raised" : $"{raised.GetType().Name}, \"{raised.Message}\"";
        Record(new(statement, raised?.GetType().Name ?? "nothing", expected, source, "", "", passed),
            $"{words}{(passed ? source == "" ? "" : $" ({source})" : $" (expected {expected}{Comma(source)})")}", raised);
    }

    /// <summary>One row for each check so far; a check that was made again with the same result, as when a notebook runs twice in one
    /// kernel, is one.</summary>
    public static Table Table() => All(Recorded.Distinct());

    /// <summary>One row for each check so far that rests on a value known elsewhere, or for each that does not.</summary>
    /// <remarks>
    /// A ground truth is an <c>Equal</c> that names a source, with a tolerance of at most a tenth of the reference (or of any size where
    /// the reference is 0). All others are claims.
    /// </remarks>
    /// <param name="kind">Which of both.</param>
    public static Table Table(CheckKind kind)
    {
        var rows = Recorded.Distinct().Where(r => r.Kind == kind);
        return kind == CheckKind.GroundTruth ? All(rows) : new(["claim", "ours", "expected", "why", "passed"],
            rows.Select(r => (string[])[r.Quantity, r.Ours, r.Tolerance is "" or "exact" ? r.Reference : $"{r.Reference} ± {r.Tolerance}",
                r.Source, r.Sign]));
    }

    /// <summary>What checks do while an action runs: they record and print nothing, and throw where they fail.</summary>
    /// <returns>The checks that were made, in their order.</returns>
    internal static (IReadOnlyList<CheckRow> Rows, Exception? Failure) Try(Action action)
    {
        var (outer, rows) = (trial.Value, new List<CheckRow>());
        trial.Value = rows;
        try
        {
            action();
            return (rows, null);
        }
        catch (Exception e) when (e is not (ThreadInterruptedException or OperationCanceledException))
        {
            return (rows, e);
        }
        finally
        {
            trial.Value = outer;
        }
    }

    /// <summary>Forgets the checks so far.</summary>
    internal static void Reset() => Recorded.Clear();

    static void Compare(string quantity, double[] ours, double[] reference, string oursText, string referenceText, double? within,
        double? relative, string source)
    {
        if (within is null == relative is null)
            throw new ArgumentException(
                $"{quantity}: expected one tolerance, within or relative. Received: {(within is null ? "none" : "both")}.");
        // Math.Max keeps NaN, which must not pass; Enumerable.Max passes over it.
        var difference = ours.Zip(reference, (a, b) => Math.Abs(a - b)).Aggregate(0.0, Math.Max)
            / (relative is null ? 1 : reference.Select(Math.Abs).Aggregate(0.0, Math.Max));
        var tolerance = within ?? relative!.Value;
        var passed = difference <= tolerance;
        Record(new(quantity, oursText, referenceText, source, Show(difference, 2),
            Show(tolerance, 2) + (relative is null ? "" : " relative"), passed)
        { Kind = KindOf(source, tolerance, relative is null ? reference.Select(Math.Abs).Aggregate(0.0, Math.Max) : 1) },
            $"{oursText} "
                + $"(reference {referenceText}{Comma(source)}; {(relative is null ? "|difference|" : "relative difference")} {Show(difference, 2)} {(passed ? "≤" : "> allowed")} {Show(tolerance, 2)})");
    }

    // A few numbers are worth reading; of many, how many they are.
    static string Short(Tensor x) => x.size == 1 ? Show(x.Item<double>())
        : x.size <= Few ? string.Join(", ", x.ToArray<double>().Select(v => Show(v, 4))) : $"{x.size} numbers";

    static void Bound(string quantity, double ours, double bound, string source, bool passed, string relation) =>
        Record(new(quantity, Show(ours), $"{relation} {Show(bound)}", source, "", "", passed),
            $"{Show(ours)} ({(passed ? "" : "expected ")}{relation} {Show(bound)}{Comma(source)})");

    static void Record(CheckRow row, string result, Exception? cause = null)
    {
        var line = $"{row.Sign} {row.Quantity}: {result}";
        (trial.Value ?? Recorded).Add(row);
        if (trial.Value is null) Console.WriteLine(line);
        if (!row.Passed) throw new CheckException(line[2..], cause);
    }

    static CheckKind KindOf(string source, double tolerance, double size) =>
        source != "" && (size == 0 || tolerance <= Close * size) ? CheckKind.GroundTruth : CheckKind.Claim;

    static Table All(IEnumerable<CheckRow> rows) => new(
        ["quantity", "ours", "reference", "source", "|difference|", "tolerance", "passed"],
        rows.Select(r => (string[])[r.Quantity, r.Ours, r.Reference, r.Source, r.Difference, r.Tolerance, r.Sign]));

    static string Comma(string source) => source == "" ? "" : $", {source}";
}
