using Workbook.Helpers;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Tests.Helpers.Judges.ReferenceData;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Exponents of Box-Cox and Yeo-Johnson, step by step as in TensorFlow; scipy finds the same exponents to 5e-7.</summary>
public class LearnedTransformTests
{
    static readonly DataSet tumours = DataSets.BreastCancer(), poisons = DataSets.Poisons(), wool = DataSets.Wool();

    static Tensor AreaError => Column(tumours, "area_error");

    [Theory]
    [InlineData("mean_area")]
    [InlineData("area_error")]
    [InlineData("mean_radius")]
    [InlineData("worst_area")]
    [InlineData("mean_compactness")]
    [Trait("speed", "slow")]
    public void The_Box_Cox_exponent_of_a_column_moves_as_in_TensorFlow(string column)
    {
        var x = OwnUnit(Column(tumours, column));
        Learn("boxcox-" + column, new BoxCox(dtype: tf.float64), t => t.Loss(x));
    }

    [Fact]
    public void The_Box_Cox_exponent_of_poisons_moves_as_in_TensorFlow()
    {
        var design = Design(Factor(poisons, "poison", 2, 3), Factor(poisons, "treatment", 2, 3, 4));
        Learn("boxcox-poisons", new BoxCox(dtype: tf.float64), t => t.Loss(OwnUnit(poisons.y), Residuals(design)));
    }

    [Fact]
    public void The_Box_Cox_exponent_of_wool_moves_as_in_TensorFlow_with_factors()
    {
        var design = Design([.. wool.Features.Select(f => Factor(wool, f, 0, 1))]);
        Learn("boxcox-wool-factors", new BoxCox(dtype: tf.float64), t => t.Loss(OwnUnit(wool.y), Residuals(design)));
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_Box_Cox_exponent_of_wool_moves_as_in_TensorFlow_with_numbers()
    {
        var design = Design(wool.X);
        Learn("boxcox-wool-linear", new BoxCox(dtype: tf.float64), t => t.Loss(OwnUnit(wool.y), Residuals(design)));
    }

    [Theory]
    [InlineData("age")]
    [InlineData("bmi")]
    [InlineData("bp")]
    [InlineData("s1")]
    [InlineData("s2")]
    [InlineData("s3")]
    [InlineData("s4")]
    [InlineData("s5")]
    [InlineData("s6")]
    [Trait("speed", "slow")]
    public void The_Yeo_Johnson_exponent_of_a_column_moves_as_in_TensorFlow(string column)
    {
        var x = Column(DataSets.Diabetes(), column);
        Learn("yeojohnson-diabetes-" + column, new YeoJohnson(dtype: tf.float64), t => t.Loss(x));
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_Yeo_Johnson_exponent_of_a_target_moves_as_in_TensorFlow() =>
        Learn("yeojohnson-diabetes-target", new YeoJohnson(dtype: tf.float64), t => t.Loss(Target));

    [Fact]
    [Trait("speed", "slow")]
    public void The_Yeo_Johnson_exponent_of_both_signs_moves_as_in_TensorFlow()
    {
        var x = Scaling.Standardize(Column(DataSets.Diabetes(), "bmi"));
        Learn("yeojohnson-diabetes-bmi-standardised", new YeoJohnson(dtype: tf.float64), t => t.Loss(x));
    }

    [Fact]
    [Trait("speed", "slow")]
    public void The_unit_of_a_column_decides_on_its_Yeo_Johnson_exponent_as_in_TensorFlow()
    {
        var x = Column(tumours, "mean_concavity");
        var raw = Learn("yeojohnson-concavity-raw", new YeoJohnson(dtype: tf.float64), t => t.Loss(x));
        var standardised = Learn("yeojohnson-concavity-standardised", new YeoJohnson(dtype: tf.float64),
            t => t.Loss(Scaling.Standardize(x)));
        Assert.True(raw < -7 && standardised > -0.1);
    }

    [Fact]
    public void Without_its_slope_the_loss_is_monotone_in_the_exponent()
    {
        var values = new ReferenceLoop("06/without-jacobian")["values"];
        var losses = new List<double>();
        foreach (var (lambda, expected) in values.EnumerateObject()
            .Select(p => (double.Parse(p.Name, System.Globalization.CultureInfo.InvariantCulture), p.Value)))
        {
            var transform = new BoxCox(lambda, dtype: tf.float64);
            losses.Add((double)WithoutSlope(transform));
            ReferenceLoop.Same(expected, tf.stack([WithoutSlope(transform), transform.Loss(AreaError)]), $"at {lambda}");
        }
        Assert.Equal(losses.OrderDescending(), losses);
    }

    [Fact]
    public void Without_its_slope_descent_runs_away_as_in_TensorFlow()
    {
        var transform = new BoxCox(dtype: tf.float64);
        new ReferenceLoop("06/without-jacobian-descent").Descend(new TrainingObjective(() => WithoutSlope(transform), [transform.Lambda]),
            Named(transform));
        Assert.True((double)transform.Lambda < -5);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1e-4)]
    [InlineData(0.7)]
    [InlineData(2.0)]
    public void The_slope_is_the_derivative_of_the_transform(double lambda)
    {
        Tensor positive = tf.constant(new[] { 1e-6, 0.3, 1, 1.0001, 4, 900 }),
            both = tf.constant(new[] { -900, -4, -1e-5, 0, 1e-5, 2, 70 });
        foreach (var (transform, x) in new (LearnedTransform, Tensor)[] { (new BoxCox(lambda, dtype: tf.float64), positive),
            (new YeoJohnson(lambda, dtype: tf.float64), both) })
        {
            using var tape = tf.GradientTape();
            tape.watch(x);
            var slope = tape.gradient(transform.Apply(x), x)!;
            // expm1(u)/u loses some digits just beyond its series.
            Assert.Equal(transform.LogSlope(x).ToArray<double>(), tf.log(slope).ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-10);
        }
    }

    [Fact]
    public void The_gradient_by_the_exponent_is_continuous_where_the_series_ends()
    {
        double Slope(double lambda)
        {
            var transform = new BoxCox(lambda, dtype: tf.float64);
            using var tape = tf.GradientTape();
            return (double)tape.gradient(transform.Apply(tf.constant(Math.E, tf.float64)), transform.Lambda)!;
        }
        // d/dλ (e^λ − 1)/λ is 1/2 + λ/3 + …, so two exponents 2e-9 apart differ by 7e-10; the quotient is good to 1e-12.
        Assert.Equal(Slope(1e-3 - 1e-9), Slope(1e-3 + 1e-9), 1e-8);
        Assert.Equal(0.5, Slope(0), 1e-15);
    }

    [Fact]
    public void Box_Cox_refuses_values_that_are_not_positive() =>
        Assert.Contains("Received: 0 in row 1", Assert.Throws<ArgumentException>(() => new BoxCox().Apply(new float[] { 1, 0 })).Message);

    static double Learn(string id, LearnedTransform transform, Func<LearnedTransform, Tensor> loss)
    {
        var loop = new ReferenceLoop("06/" + id);
        loop.Descend(new TrainingObjective(() => loss(transform), [transform.Lambda]), Named(transform));
        ReferenceLoop.Same(loop["lambda"], (double)transform.Lambda);
        return (double)transform.Lambda;
    }

    static Dictionary<string, Variable> Named(LearnedTransform transform) => new() { ["lambda"] = transform.Lambda };

    static Tensor WithoutSlope(LearnedTransform transform) => 0.5 * tf.log(tf.math.reduce_variance(transform.Apply(AreaError)));

    static Tensor Column(DataSet data, string name) => data.X[.., data.Features.ToList().IndexOf(name)];

    static Tensor OwnUnit(Tensor x) => x / tf.exp(tf.reduce_mean(tf.log(x)));

    static Tensor Factor(DataSet data, string feature, params double[] levels) =>
        tf.stack([.. levels.Select(l => tf.cast(tf.equal(Column(data, feature), l), tf.float64))], 1);

    static Tensor Design(params Tensor[] blocks) => tf.concat([tf.ones((blocks[0].shape[0], 1), tf.float64), .. blocks], 1);

    /// <summary>What least squares on a design leaves.</summary>
    static Func<Tensor, Tensor> Residuals(Tensor design)
    {
        var fit = tf.linalg.solve(tf.matmul(design, design, transpose_a: true), tf.transpose(design));
        return z => z - tf.linalg.matvec(design, tf.linalg.matvec(fit, z));
    }
}
