using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// One strength, two, or sixty-four: the study of notebook 04, 30 outer folds in <c>data/studies/how-many-strengths.csv</c>.
/// </summary>
/// <remarks>
/// Diabetes with the 64 features of <see cref="SecondOrder"/>. A seed is an outer fold: 1 to 10 hold back the rows with i mod 10
/// = seed − 1,
/// 11 to 20 and 21 to 30 do so after a shuffle of the rows. The strengths, the lasso and the scaling see the other nine tenths only.
/// The rule of the two groups was stated before any error was seen: main effects against second order. Its controls: odd against even
/// columns, and 20 draws of groups of the same sizes.
/// </remarks>
public sealed class HowManyStrengths
{
    /// <summary>The number of draws of two groups of the same sizes.</summary>
    public const int Draws = 20;

    const string Name = "how-many-strengths";
    const int Folds = 10;

    static readonly DataSet table = SecondOrder.Of(DataSets.Diabetes());

    readonly Study study;

    HowManyStrengths(Study study) => this.study = study;

    /// <summary>The 64 features, and the target.</summary>
    public static DataSet Data => table;

    /// <summary>The groupings by what a feature is, from one strength to one for each.</summary>
    public static IReadOnlyDictionary<string, Groups> Groupings { get; } = new Dictionary<string, Groups>
    {
        ["one"] = Groups.One(table.Features.Count),
        ["two"] = Groups.By(table.Features, f => SecondOrder.Is(f) ? "second order" : "main"),
        ["three"] = Groups.By(table.Features, f => SecondOrder.IsSquare(f) ? "squares" : SecondOrder.Is(f) ? "products" : "main"),
        ["twelve"] = Groups.By(table.Features, f => SecondOrder.IsSquare(f) ? "squares" : SecondOrder.Is(f) ? "products" : f),
        ["each"] = Groups.PerFeature(table.Features),
    };

    /// <summary>Two groups that mean nothing: the odd columns and the even ones.</summary>
    public static Groups OddEven { get; } = Groups.By(table.Features, f => table.Features.ToList().IndexOf(f) % 2 == 0 ? "odd" : "even");

    /// <summary>The stored table.</summary>
    public static HowManyStrengths Stored() => new(Study.Stored(Name));

    /// <summary>The rows that train in an outer fold, and those that it holds back.</summary>
    /// <param name="seed">The fold, from 1.</param>
    public static (Tensor X, Tensor Y, Tensor OtherX, Tensor OtherY) Fold(int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seed, 1);
        var (partition, fold, n) = ((seed - 1) / Folds, (seed - 1) % Folds, table.Rows);
        int[] order = partition == 0 ? [.. Enumerable.Range(0, n)] : new SplitMix64((ulong)partition).Permutation(n);
        int[] train = [.. order.Where((_, at) => at % Folds != fold)], others = [.. order.Where((_, at) => at % Folds == fold)];
        return (tf.gather(table.X, train), tf.gather(table.y, train), tf.gather(table.X, others), tf.gather(table.y, others));
    }

    /// <summary>All fits of one outer fold: some seconds.</summary>
    /// <param name="seed">The fold, from 1.</param>
    /// <returns>
    /// Mean squared errors on the rows held back: "least squares 64", "least squares 10", "ridge 10" (one strength by evidence), "lasso",
    /// "evidence G" and "leave-one-out G" for each grouping G, "evidence odd/even", "chance 1" to "chance 20" (by evidence); and
    /// "criterion G", the error by leave-one-out that "leave-one-out G" had on the rows that train.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Run(int seed) => Run(seed, [.. Groupings.Keys], Draws);

    /// <summary>Some fits of one outer fold.</summary>
    /// <param name="seed">The fold, from 1.</param>
    /// <param name="groupings">Which of <see cref="Groupings"/>.</param>
    /// <param name="draws">How many groupings by chance.</param>
    public static IReadOnlyDictionary<string, double> Run(int seed, IReadOnlyList<string> groupings, int draws)
    {
        var (x, y, otherX, otherY) = Fold(seed);
        int[] main = [.. Groupings["two"].Members("main")];
        Tensor ten = tf.gather(x, main, axis: 1), otherTen = tf.gather(otherX, main, axis: 1);
        var few = Groups.One(main.Length);
        var errors = new Dictionary<string, double>
        {
            ["least squares 64"] = GroupedRidge.At(x, y, Groupings["one"], 0).Error(otherX, otherY),
            ["least squares 10"] = GroupedRidge.At(ten, y, few, 0).Error(otherTen, otherY),
            ["ridge 10"] = GroupedRidge.ByEvidence(ten, y, few).Error(otherTen, otherY),
            ["lasso"] = Lasso.CrossValidated(x, y).Error(otherX, otherY),
        };
        foreach (var name in groupings)
        {
            errors[$"evidence {name}"] = GroupedRidge.ByEvidence(x, y, Groupings[name]).Error(otherX, otherY);
            var leftOut = GroupedRidge.ByLeaveOneOut(x, y, Groupings[name]);
            (errors[$"leave-one-out {name}"], errors[$"criterion {name}"]) = (leftOut.Error(otherX, otherY), leftOut.LeaveOneOut);
        }
        errors["evidence odd/even"] = GroupedRidge.ByEvidence(x, y, OddEven).Error(otherX, otherY);
        for (var draw = 1; draw <= draws; draw++)
            errors[$"chance {draw}"] = GroupedRidge.ByEvidence(x, y, Groupings["two"].Shuffled(draw)).Error(otherX, otherY);
        return errors.ToDictionary(e => e.Key, e => Numbers.Round(e.Value, 8));
    }

    /// <summary>The mean squared error on ten outer folds, or another number of them.</summary>
    /// <param name="what">A name that <see cref="Run(int)"/> gives.</param>
    /// <param name="partition">0: the rows in their order; 1, 2: shuffled.</param>
    public Estimate Error(string what, int partition = 0) => Estimate.Of(Of(what, partition));

    /// <summary>How much larger one error is than another, paired by fold.</summary>
    /// <param name="what">A name.</param>
    /// <param name="minus">What it is compared with.</param>
    /// <param name="partition">0: the rows in their order; 1, 2: shuffled.</param>
    public Estimate Difference(string what, string minus, int partition = 0) =>
        Estimate.Paired(Of(what, partition), Of(minus, partition));

    /// <summary>In how many of ten folds one error is the smaller.</summary>
    /// <inheritdoc cref="Difference"/>
    public int Wins(string what, string minus, int partition = 0) =>
        Of(what, partition).Zip(Of(minus, partition)).Count(e => e.First < e.Second);

    /// <summary>One number of one fold.</summary>
    /// <param name="seed">The fold, from 1.</param>
    /// <param name="what">A name.</param>
    public double Of(int seed, string what) => study.Of(seed, what);

    double[] Of(string what, int partition) => study[what][(partition * Folds)..((partition + 1) * Folds)];
}
