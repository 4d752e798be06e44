using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Reference: the ranks of numpy's SVD (make_shapes.py).</summary>
public class IdentifiabilityTests
{
    public static TheoryData<string> Tables => ShapeCases.Names("flat");

    [Theory]
    [MemberData(nameof(Tables))]
    public void The_rank_is_that_of_numpy_and_each_flat_direction_changes_nothing(string name)
    {
        var shape = ShapeCases.Of("flat", name);
        var names = shape.GetProperty("names").Deserialize<string[]>()!;
        var rows = shape.GetProperty("columns").Deserialize<double[][]>()!;
        var columns = tf.reshape(tf.constant(rows.SelectMany(r => r).ToArray()), (rows.Length, names.Length));
        var found = Identifiability.Of(columns, names);
        Assert.Equal(shape.GetProperty("rank").GetInt32(), found.Rank);
        Assert.Equal(names.Length - found.Rank, found.Flat.Count);
        Assert.Equal(found.IsFull, found.Flat.Count == 0);
        foreach (var direction in found.Flat)
        {
            Assert.Equal(1, direction.Moves[0].By);
            Assert.All(rows, r => Assert.Equal(0, names.Zip(r).Sum(c => direction[c.First] * c.Second), 1e-9 * r.Max(Math.Abs)));
        }
    }

    [Fact]
    public void Relu_is_half_of_x_and_half_of_its_size()
    {
        var x = tf.linspace(-3.0, 3.0, 121);
        var flat = Identifiability.Of(tf.stack([x, tf.abs(x), tf.nn.relu(x)], 1), ["x", "|x|", "relu"]).Flat.Single();
        Assert.Equal(-0.5, flat["x"] / flat["relu"], 1e-9);
        Assert.Equal(-0.5, flat["|x|"] / flat["relu"], 1e-9);
    }

    [Fact]
    public void A_scale_before_a_linear_layer_is_not_told_and_before_a_curve_it_is()
    {
        var random = new SplitMix64(3);
        var x = tf.reshape(tf.constant(Enumerable.Range(0, 20).Select(_ => random.NextNormal()).ToArray()), (10, 2));
        var scale = tf.Variable(tf.constant(2.0, tf.float64), name: "scale");
        var kernel = tf.Variable(tf.constant(new[,] { { 0.5 }, { -1 } }), name: "kernel");
        var linear = Identifiability.Of(() => tf.matmul(scale * x, kernel), scale, kernel);
        Assert.Equal((3, 2), (linear.Unknowns, linear.Rank));
        // The scale by a share, the kernel by the same share less.
        var flat = linear.Flat.Single();
        Assert.Equal(-1, flat["kernel[0, 0]"] / 0.5 / (flat["scale"] / 2), 1e-9);
        Assert.Equal(-1, flat["kernel[1, 0]"] / -1 / (flat["scale"] / 2), 1e-9);
        Assert.True(Identifiability.Of(() => tf.matmul(tf.tanh(scale * x), kernel), scale, kernel).IsFull);
        Assert.Contains("all told", Identifiability.Of(() => tf.matmul(x, kernel), kernel).ToString());
    }

    [Fact]
    public void In_float32_what_rounding_leaves_is_not_taken_for_information()
    {
        var x = tf.cast(tf.linspace(-3.0, 3.0, 121), tf.float32);
        var found = Identifiability.Of(tf.stack([x, tf.abs(x), tf.nn.relu(x), tf.sin(x)], 1), ["x", "|x|", "relu", "sin"]);
        Assert.Equal(3, found.Rank);
    }

    [Fact]
    public void A_variable_that_no_prediction_reads_is_free_alone()
    {
        var (read, unread) = (tf.Variable(1.0, name: "read"), tf.Variable(1.0, name: "unread"));
        var found = Identifiability.Of(() => tf.constant(new[] { 1f, 2 }) * read, read, unread);
        Assert.Equal("unread +1", found.Flat.Single().ToString());
    }

    [Fact]
    public void Variables_of_one_name_are_told_apart_and_one_that_is_given_twice_counts_once()
    {
        var (one, two, x) = (tf.Variable(1.0, name: "v"), tf.Variable(2.0, name: "v"), tf.constant(new[] { 1f, 2 }));
        var flat = Identifiability.Of(() => one * x + two * x, one, two).Flat.Single();
        Assert.Equal(2, flat.Moves.Select(m => m.Name).Distinct().Count());
        Assert.Equal(-1, flat.Moves.Aggregate(1.0, (product, m) => product * m.By), 1e-6);
        Assert.True(Identifiability.Of(() => one * x, one, one).IsFull);
        Assert.Contains("Name every column once",
            Assert.Throws<ArgumentException>(() => Identifiability.Of(tf.ones((3, 2)), ["a", "a"])).Message);
    }

    [Fact]
    public void What_cannot_be_asked_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Identifiability.Of(() => tf.constant(1.0)));
        Assert.Throws<ArgumentException>(() => Identifiability.Of(tf.ones((3, 2)), ["one"]));
        Assert.Throws<ArgumentException>(() => Identifiability.Of(tf.constant(new[,] { { 1, double.NaN } }), ["a", "b"]));
    }

    [Fact]
    public void No_rows_tell_nothing() =>
        Assert.Contains("at least one prediction", Assert.Throws<ArgumentException>(
            () => Identifiability.Of(tf.zeros((0, 2), tf.float64), ["a", "b"])).Message);
}
