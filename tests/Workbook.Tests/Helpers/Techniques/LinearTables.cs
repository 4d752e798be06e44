using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Tables of very different kinds, and what scikit-learn makes of them: linear-judges.json, by make_linear_judges.py.</summary>
static class LinearTables
{
    static readonly JsonElement golden = JsonDocument.Parse(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Helpers", "Techniques", "linear-judges.json"))).RootElement;

    static readonly DataSet diabetes = DataSets.Diabetes(), digits = DataSets.Digits(), cancer = DataSets.BreastCancer(),
        trees = DataSets.Trees(), cars = DataSets.Cars(), mcycle = DataSets.Mcycle();

    static readonly Dictionary<string, (Tensor X, Tensor Y)> linear = new()
    {
        ["diabetes"] = (diabetes.X, diabetes.y),
        ["diabetes, columns of 0.0001 to 100000"] =
            (diabetes.X * tf.constant(Enumerable.Range(-4, 10).Select(k => Math.Pow(10, k)).ToArray()), diabetes.y),
        ["diabetes, two constant columns"] = (tf.concat([diabetes.X, Column(442, 3), Column(442, 0)], 1), diabetes.y),
        ["diabetes, shifted by a million"] = (diabetes.X + 1e6, diabetes.y - 1e6),
        ["diabetes, target of millionths"] = (diabetes.X, diabetes.y * 1e-6),
        ["diabetes, each column twice"] = (tf.concat([diabetes.X, diabetes.X], 1), diabetes.y),
        ["8 patients, 10 columns"] = (diabetes.X[..8], diabetes.y[..8]),
        ["40 digits, 64 pixels"] = (digits.X[..40], digits.y[..40]),
        ["30 digits, 64 pixels in sixteenths"] = (digits.X[..30] / 16, digits.y[..30]),
        ["breast cancer"] = (cancer.X, cancer.y),
        ["trees"] = (trees.X, trees.y),
        ["one feature"] = (cars.X, cars.y),
        ["strangers' targets"] = (diabetes.X[..50, ..4], diabetes.y[100..150]),
    };

    static readonly Dictionary<string, (Tensor X, Tensor Y)> curves = Curves();

    public static IEnumerable<string> Linear => linear.Keys;

    public static IEnumerable<string> Kernels => curves.Keys;

    public static (Tensor X, Tensor Y, JsonElement Golden) Table(string name) => With("linear", linear, name);

    public static (Tensor X, Tensor Y, JsonElement Golden) Curve(string name) => With("kernels", curves, name);

    static (Tensor X, Tensor Y, JsonElement Golden) With(string kind, Dictionary<string, (Tensor X, Tensor Y)> all, string name)
    {
        var (x, y) = all[name];
        var row = golden.GetProperty(kind).EnumerateArray().Single(r => r.GetProperty("name").GetString() == name);
        // The same table was cut in Python, but for the order of sums.
        Assert.Equal(row.GetProperty("sum_x").GetDouble(), (double)tf.reduce_sum(x), 1e-11 * (double)tf.reduce_sum(tf.abs(x)));
        Assert.Equal(row.GetProperty("sum_y").GetDouble(), (double)tf.reduce_sum(y), 1e-11 * (double)tf.reduce_sum(tf.abs(y)));
        return (x, y, row);
    }

    static Dictionary<string, (Tensor X, Tensor Y)> Curves()
    {
        var random = new SplitMix64(8);
        double[] u = [.. Enumerable.Range(0, 40).Select(_ => 10 * random.NextUniform()).ToArray().Order()];
        var x = tf.expand_dims(tf.constant(u), 1);
        var wave = Scaling.Center(tf.constant(u.Select(v => Math.Sin(v) + 0.2 * random.NextNormal()).ToArray()));
        Tensor patients = Scaling.Standardize(diabetes.X), progress = diabetes.y;
        return new()
        {
            ["wave"] = (x, wave),
            ["wave, x in thousands, y in thousandths"] = (1000 * x, wave / 1000),
            ["wave, x shifted, a constant column"] = (tf.concat([x + 1e4, Column(40, 7)], 1), wave),
            ["cars"] = (cars.X, Scaling.Center(cars.y)),
            ["mcycle"] = (mcycle.X, Scaling.Center(mcycle.y)),
            ["trees, standardised"] = (Scaling.Standardize(trees.X), Scaling.Center(trees.y)),
            ["80 patients, standardised"] = (patients[..80], Scaling.Center(progress[..80])),
            ["8 patients, 10 columns"] = (patients[..8], Scaling.Center(progress[..8])),
        };
    }

    static Tensor Column(int rows, double value) => tf.fill((rows, 1), tf.constant(value, tf.float64));
}
