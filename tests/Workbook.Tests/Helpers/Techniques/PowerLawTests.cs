using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class PowerLawTests
{
    /// <summary>R: nls(dist ~ a * speed^p, cars).</summary>
    [Fact]
    public void The_cars_are_fitted_as_by_R()
    {
        var cars = DataSets.Cars();
        var law = PowerLaw.Fit(cars.y, cars.X[.., 0]);
        Assert.Equal((1.549, 0.192), (law.Exponent(), law.Error()), (a, b) => Near(a.Item1, b.Item1) && Near(a.Item2, b.Item2));
        Assert.Equal(0.589673, law.A, 1e-6);
        Assert.Equal(-0.9969, law.Correlation(), 1e-4);
        Assert.Equal(10888.964, tf.reduce_sum(tf.square(cars.y - law.Predict(cars.X[.., 0]))).Item<double>(), 1e-3);
    }

    /// <summary>R: nls(Volume ~ a * Girth^p * Height^q, trees).</summary>
    [Fact]
    public void The_trees_are_fitted_as_by_R()
    {
        var trees = DataSets.Trees();
        var law = PowerLaw.Fit(trees.y, trees.X[.., 0], trees.X[.., 1]);
        Assert.Equal([1.9969, 0.082, 1.0876, 0.242], [law.Exponent(), law.Error(), law.Exponent(1), law.Error(1)], Near);
    }

    [Fact]
    public void A_law_without_errors_is_found_exactly()
    {
        var x = tf.constant(new[] { 0.5, 1, 2, 4, 9 });
        var law = PowerLaw.Fit(3 * tf.pow(x, -0.7), x);
        Assert.Equal((3, -0.7), (law.A, law.Exponent()), (a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-10);
        Assert.True(law.Error() < 1e-10);
    }

    [Fact]
    public void What_is_not_positive_and_too_few_rows_are_refused()
    {
        var x = tf.constant(new[] { 1.0, 2, 3 });
        Assert.Equal("PowerLaw: expected positive numbers, for it takes logs. Received: -2. Shift or drop them.",
            Assert.Throws<ArgumentException>(() => PowerLaw.Fit(x, tf.constant(new[] { 1.0, -2, 3 }))).Message);
        Assert.StartsWith("PowerLaw: expected more rows than unknowns, 3. Received: 3.",
            Assert.Throws<ArgumentException>(() => PowerLaw.Fit(x, x, tf.square(x))).Message);
    }

    static bool Near(double a, double b) => Math.Abs(a - b) < 1e-3;
}
