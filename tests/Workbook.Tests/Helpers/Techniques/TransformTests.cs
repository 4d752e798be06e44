using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Tests.Helpers.Techniques.TransformGoldens;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Values, slopes, inverses, exponents, and what cannot be transformed.</summary>
public class TransformTests
{
    public static TheoryData<int> Values => [.. Enumerable.Range(0, All("values").Count())];

    public static TheoryData<int> Exponents => [.. Enumerable.Range(0, All("exponents").Count())];

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_and_slopes_are_those_of_scipy_and_scikit_learn(int index)
    {
        var golden = All("values").ElementAt(index);
        var (transform, x) = (Kind(golden, golden.Number("lambda")), Numbers(golden, "x"));
        // scikit-learn takes |λ| below 1e-16 for 0 and cancels digits near it: 1e-5 is off by 1e-11 there.
        Close(Numbers(golden, "z"), transform.Apply(x), 1e-10);
        Close(Numbers(golden, "log_slope"), transform.LogSlope(x), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void The_inverse_brings_values_back(int index)
    {
        var golden = All("values").ElementAt(index);
        var (transform, x) = (Kind(golden, golden.Number("lambda")), Numbers(golden, "x"));
        // Where z comes near the end of its range, 1 + λz keeps 1e-16 of 1 and no more.
        Close(x, transform.Inverse(transform.Apply(x)), 1e-8);
    }

    [Theory]
    [MemberData(nameof(Exponents))]
    public void Fit_finds_the_exponents_of_scipy_and_scikit_learn(int index)
    {
        var golden = All("exponents").ElementAt(index);
        var (transform, x) = (Kind(golden, 1), Column(golden));
        transform.Fit(x);
        foreach (var source in new[] { "scipy", "scikit-learn" })
            Assert.Equal(golden.Number(source), (double)transform.Lambda, 1e-4);
        Assert.Equal(golden.Number("before"), Skewness(x), 1e-6);
        Assert.Equal(golden.Number("after"), Skewness(transform.Apply(x)), 1e-4);
    }

    [Fact]
    public void A_table_gets_an_exponent_for_each_column_and_its_losses_are_added()
    {
        var x = DataSets.BreastCancer().X[.., 0..4];
        var transform = new BoxCox(tf.ones(4), dtype: tf.float64);
        transform.Fit(x);
        var lambdas = transform.Lambda.read_value().ToArray<double>();
        Assert.Equal(-0.46299441514963885, lambdas[0], 1e-4);
        Assert.Equal(-0.2110716695031285, lambdas[3], 1e-4);
        var each = Enumerable.Range(0, 4).Sum(j => (double)new BoxCox(lambdas[j], dtype: tf.float64).Loss(x[.., j]));
        Assert.Equal(each, (double)transform.Loss(x), 1e-9);
        Assert.Contains("Received: shape (569, 3)", Assert.Throws<ShapeException>(() => transform.Fit(x[.., 0..3])).Message);
    }

    [Fact]
    public void The_range_ends_where_the_power_of_nothing_or_of_everything_is()
    {
        static (double, double) Range(LearnedTransform t) => ((double)t.Range.Low, (double)t.Range.High);
        var infinity = double.PositiveInfinity;
        Assert.Equal((-2, infinity), Range(new BoxCox(0.5)));
        Assert.Equal((-infinity, infinity), Range(new BoxCox(0)));
        Assert.Equal((-infinity, 2), Range(new BoxCox(-0.5)));
        Assert.Equal((-infinity, infinity), Range(new YeoJohnson(1.2)));
        Assert.Equal((-infinity, 4), Range(new YeoJohnson(-0.25)));
        Assert.Equal((-2, infinity), Range(new YeoJohnson(2.5)));
    }

    [Fact]
    public void A_value_beyond_the_range_does_not_come_back_and_is_named_with_its_row()
    {
        var message = Assert.Throws<ArgumentException>(() => new BoxCox(0.5).Inverse(new float[] { 1, 0, -2.5f })).Message;
        Assert.Contains("from -2 to ∞", message);
        Assert.Contains("Received: -2.5 in row 2", message);
        Assert.Contains("from −∞ to 4", Assert.Throws<ArgumentException>(() => new YeoJohnson(-0.25).Inverse(new float[] { 9 })).Message);
        Assert.Contains("in row 1", Assert.Throws<ArgumentException>(() => new BoxCox(0).Inverse(new float[] { 1, float.NaN })).Message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-3.0)]
    public void Box_Cox_refuses_zeros_and_negatives_with_their_row_and_names_Yeo_Johnson(double wrong)
    {
        var x = tf.constant(new[] { 1, 2, wrong, 4 });
        foreach (var use in new Action<BoxCox>[] { t => t.Apply(x), t => t.LogSlope(x), t => t.Loss(x), t => t.Profile(x), t => t.Fit(x),
            t => t.Unit(x) })
        {
            var message = Assert.Throws<ArgumentException>(() => use(new(dtype: tf.float64))).Message;
            Assert.Contains($"Received: {wrong} in row 2", message);
            Assert.Contains("YeoJohnson", message);
        }
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void What_is_missing_is_refused_with_its_row(double wrong, string shown)
    {
        Tensor x = tf.constant(new[] { 1, 2, 3, wrong }), table = tf.stack([tf.constant(new[] { 1.0, 2, 3, 4 }), x], 1);
        foreach (var use in new Action<LearnedTransform>[] { t => t.Loss(x), t => t.Profile(x), t => t.Fit(x), t => t.Unit(x) })
            foreach (var transform in new LearnedTransform[] { new BoxCox(dtype: tf.float64), new YeoJohnson(dtype: tf.float64) })
                Assert.Contains($"Received: {shown} in row 3", Assert.Throws<ArgumentException>(() => use(transform)).Message);
        Assert.Contains("in row 3", Assert.Throws<ArgumentException>(() => new YeoJohnson(dtype: tf.float64).Apply(x)).Message);
        Assert.Contains("in row 3",
            Assert.Throws<ArgumentException>(() => new YeoJohnson(tf.ones(2), dtype: tf.float64).Fit(table)).Message);
    }

    [Fact]
    public void A_constant_column_is_refused_with_its_number()
    {
        Tensor flat = tf.fill(5, tf.constant(2.0, tf.float64)), table = tf.stack([tf.constant(new[] { 1.0, 2, 3, 4, 5 }), flat], 1);
        foreach (var transform in new LearnedTransform[] { new BoxCox(dtype: tf.float64), new YeoJohnson(dtype: tf.float64) })
            foreach (var use in new Action<LearnedTransform>[] { t => t.Loss(flat), t => t.Profile(flat), t => t.Fit(flat),
                t => t.Unit(flat) })
                Assert.Contains("a column of 2 alone", Assert.Throws<ArgumentException>(() => use(transform)).Message);
        Assert.Contains("column 1 (counted from 0) of 2 alone",
            Assert.Throws<ArgumentException>(() => new BoxCox(tf.ones(2), dtype: tf.float64).Loss(table)).Message);
    }

    [Fact]
    public void The_unit_of_positive_values_is_their_geometric_mean_and_leaves_the_exponent_as_it_is()
    {
        var x = Column(All("exponents").First());
        var (shift, scale) = new BoxCox().Unit(x);
        Assert.Equal(0, (double)shift);
        Assert.Equal(Math.Exp(x.ToArray<double>().Average(Math.Log)), (double)scale, 1e-9);
        Assert.Equal(new BoxCox().Profile(x).Best, new BoxCox().Profile(x / scale).Best, 1e-7);
    }

    static double Skewness(Tensor x)
    {
        var centred = Scaling.Standardize(x);
        return (double)tf.reduce_mean(centred * centred * centred);
    }

    static void Close(Tensor expected, Tensor actual, double within)
    {
        Assert.Equal(expected.shape, actual.shape);
        foreach (var (e, a) in expected.ToArray<double>().Zip(actual.ToArray<double>()))
            Assert.Equal(0, (a - e) / Math.Max(1, Math.Abs(e)), within);
    }
}
