using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// Ten tables that are hard in different ways, and what scikit-learn, scipy and refits say of them: fresh-tables.json, by
/// make_fresh_tables.py. A right answer, or an error that says what to do.
/// </summary>
public class FreshTablesTests
{
    const string Wide = "three times as many columns as rows";

    static readonly Dictionary<string, JsonElement> tables = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/fresh-tables.json"))).RootElement.EnumerateArray()
        .ToDictionary(t => t.GetProperty("name").GetString()!);

    public static TheoryData<string> Names => [.. tables.Keys];

    [Theory, MemberData(nameof(Names))]
    public void The_evidence_is_that_of_BayesianRidge(string name)
    {
        var (x, y, golden) = Table(name, "evidence");
        if (name == Wide)
        {
            // BayesianRidge follows the noise to 0 without a word.
            Assert.Contains("grows without end. Take", Assert.Throws<JudgeException>(() => Evidence.Maximize(x, y)).Message);
            return;
        }
        var fit = Evidence.Maximize(x, y);
        Assert.Equal(1, fit.Alpha / golden.Number("alpha"), 1e-5);
        Assert.Equal(1, fit.Lambda / golden.Number("lambda"), 1e-5);
        SamePredictions(x, y, golden.GetProperty("weights").Numbers(), fit.Weights, 1e-5);
        var judge = new EvidenceStrength(x, y);
        Assert.Equal(1, judge.Settle().Lambda / fit.Lambda, 1e-6);
        Assert.Equal(1, (double)judge.Strength.Value * x.shape[0] / fit.Ratio, 1e-6);
        Assert.All(judge.Evaluate().Gradients, g => Assert.Equal(0, (double)g, 1e-6 * Math.Max(1, Math.Abs(fit.LogEvidence))));
    }

    [Theory, MemberData(nameof(Names))]
    public void ARD_is_that_of_ARDRegression(string name)
    {
        var (x, y, golden) = Table(name, "ard");
        if (name == Wide)
        {
            // ARDRegression finds one of many maxima there; on its way the noise falls to 0.
            Assert.Contains("Take the weights of tf.linalg.lstsq, or fewer columns",
                Assert.Throws<JudgeException>(() => Ard.Maximize(x, y)).Message);
            return;
        }
        var fit = Ard.Maximize(x, y);
        SamePredictions(x, y, golden.GetProperty("weights").Numbers(), fit.Weights, 1e-4);
        Assert.Equal(1, fit.Alpha / golden.Number("alpha"), 1e-4);
        Assert.Equal(golden.GetProperty("kept").EnumerateArray().Select(k => k.GetInt32()), fit.Kept);
    }

    [Theory, MemberData(nameof(Names))]
    public void Leaving_out_each_row_is_what_refits_say(string name)
    {
        var (x, y, golden) = Table(name, "left_out");
        var fit = LeaveOneOut.Minimize(x, y);
        Assert.Equal(1, fit.Error / golden.Number("error"), 1e-5);
        if (golden.Number("lambda") > 0) Assert.Equal(1, fit.Lambda / golden.Number("lambda"), 1e-4);
        else Assert.Equal(0, fit.Lambda);
        var grouped = LeaveOneOut.Minimize(x, y, [.. Enumerable.Range(0, x.shape[1]).Select(j => j == 0 ? 0 : x.shape[1] > 1 ? 1 : 0)]);
        Assert.True(grouped.Error <= fit.Error * (1 + 1e-9), $"{grouped.Error} > {fit.Error}");
    }

    [Theory, MemberData(nameof(Names))]
    public void One_strength_on_standardised_columns_is_what_refits_say(string name)
    {
        var (x, y, golden) = Table(name, "grouped");
        var one = Groups.One(x.shape[1]);
        var fit = GroupedRidge.ByLeaveOneOut(x, y, one);
        Assert.Equal(1, fit.LeaveOneOut / golden.Number("error"), 1e-5);
        Assert.Equal(1, fit.Strengths[0] / golden.Number("strength"), 1e-3);
        var heard = new List<string>();
        GroupedFit likely;
        using (Warnings.Hear(message =>
               {
                   heard.Add(message);
                   return true;
               }))
            likely = GroupedRidge.ByEvidence(x, y, one);
        Assert.Equal(name == Wide, heard.Any(w => w.Contains("still grows", StringComparison.Ordinal)));
        // 1e-6 is the end that counts as free.
        if (name != Wide)
            Assert.Equal(1, likely.Strengths[0] / Math.Max(1e-6, Evidence.Maximize(Scaling.Standardize(x), y).Ratio / x.shape[0]), 1e-4);
    }

    [Theory, MemberData(nameof(Names))]
    public void Lasso_is_that_of_scikit_learn(string name)
    {
        var (x, y, golden) = Table(name, "lasso");
        var predictions = Lasso.Fit(x, y, golden.Number("strength")).Predict(x);
        Assert.Equal(0, (double)tf.reduce_max(tf.abs(predictions - tf.constant(golden.GetProperty("predictions").Numbers())))
            / (double)tf.math.reduce_std(y), 1e-4);
    }

    [Theory, MemberData(nameof(Names))]
    public void Joint_MAP_rests_at_its_weakest_stationary_point_or_says_that_there_is_none(string name)
    {
        var (x, y, golden) = Table(name, "joint");
        if (golden.ValueKind == JsonValueKind.Null)
            Assert.Contains("Evidence.Maximize needs", Assert.Throws<NumericException>(() => JointMap.Fit(x, y)).Message);
        else Assert.Equal(1, JointMap.Fit(x, y).Ratio / golden.GetDouble(), 1e-5);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_kernel_rests_where_the_likelihood_has_no_slope_in_any_unit(string name)
    {
        var (x, y, _) = Table(name, "joint");
        if (x.shape[0] < 4) return;
        var heard = new List<string>();
        LearnedKernel kernel;
        using (Warnings.Hear(message =>
               {
                   heard.Add(message);
                   return true;
               }))
            kernel = new LearnedKernel(x, Scaling.Center(y)).Fit();
        // A linear target with a millionth of noise: the likelihood grows with the length and the variance to where rounding hides it.
        if (name == "hardly any noise") Assert.Contains(heard, w => w.Contains("LearnedKernel: ", StringComparison.Ordinal));
        else Assert.All(kernel.Evaluate().Gradients, g => Assert.Equal(0, (double)g, 1e-3));
        Assert.True(double.IsFinite(kernel.LogLikelihood));
    }

    [Fact]
    public void Two_rows_have_an_answer_or_are_refused_with_what_to_do()
    {
        Tensor x = tf.constant(new[,] { { 1.0 }, { 2 } }), y = tf.constant(new[] { 1.0, 3 });
        foreach (var ask in new Action[] { () => Evidence.Maximize(x, y), () => Ard.Maximize(x, y), () => LeaveOneOut.Minimize(x, y),
                     () => GroupedRidge.ByEvidence(x, y, Groups.One(1)), () => GroupedRidge.ByLeaveOneOut(x, y, Groups.One(1)),
                     () => Lasso.Fit(x, y, 0.1), () => JointMap.Fit(x, y), () => new EvidenceStrength(x, y).Settle() })
        {
            var refused = Record.Exception(ask);
            Assert.True(refused is JudgeException or ArgumentException or NumericException, $"{refused}");
            Assert.Contains("Received: ", refused.Message);
        }
    }

    [Fact]
    public void The_rates_of_wrong_labels_are_those_of_the_draw_for_two_classes_and_for_ten()
    {
        foreach (var classes in new[] { 2, 10 })
        {
            // Sure logits of the right class; a known share of the labels is drawn anew.
            const int Rows = 4000;
            int[] right = [.. Enumerable.Range(0, Rows).Select(i => i % classes)];
            int[] seen = [.. right.Select((c, i) => i / classes % 10 < 3 ? (c + i / classes / 10) % classes : c)];
            var probabilities = 0.999 * tf.one_hot(right, classes, dtype: tf.float32) + 0.001f / classes;
            var noise = new LabelNoise(classes);
            var adam = Workbook.Keras.keras.optimizers.Adam(0.05);
            for (var step = 0; step < 400; step++)
                adam.minimize(() => tf.reduce_mean(noise.call(tf.one_hot(seen, classes), probabilities)), [noise.Rates.Raw]);
            // Of those drawn anew a share of 1/K is right by chance; the formula counts them too.
            Assert.Equal(0.3, noise.Rates.Value.ToArray<double>()[0], 0.02);
        }
    }

    static (Tensor X, Tensor Y, JsonElement Golden) Table(string name, string what)
    {
        var rows = tables[name].GetProperty("X").EnumerateArray().Select(r => tf.constant(r.Numbers()));
        return (tf.stack([.. rows]), tf.constant(tables[name].GetProperty("y").Numbers()), tables[name].GetProperty(what));
    }

    static void SamePredictions(Tensor x, Tensor y, double[] expected, Tensor weights, double within)
    {
        var off = tf.linalg.matvec(Scaling.Center(x), tf.constant(expected) - weights);
        Assert.Equal(0, (double)tf.reduce_max(tf.abs(off)) / (double)tf.math.reduce_std(y), within);
    }
}
