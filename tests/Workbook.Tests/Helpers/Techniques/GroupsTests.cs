using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Helpers.Techniques;

public class GroupsTests
{
    static readonly string[] features = ["age", "bmi", "age²", "age·bmi"];

    [Fact]
    public void A_rule_on_names_makes_groups_in_the_order_in_which_they_occur()
    {
        var groups = Groups.By(features, f => SecondOrder.Is(f) ? "second order" : "main");
        Assert.Equal(["main", "second order"], groups.Names);
        Assert.Equal([0, 0, 1, 1], groups.Of);
        Assert.Equal([2, 3], groups.Members("second order"));
        Assert.Equal([5.0, 5, 7, 7], groups.Spread(tf.constant(new[] { 5.0, 7 })).ToArray<double>());
    }

    [Fact]
    public void One_all_and_runs_of_columns_are_groups_too()
    {
        Assert.Equal(1, Groups.One(4).Count);
        Assert.Equal(features, Groups.PerFeature(features).Names);
        Assert.Equal([0, 0, 0, 1], Groups.InOrder(("first", 3), ("last", 1)).Of);
        Assert.Equal([0, 1, 0, 1], Groups.Named(features, ("a", ["age", "age²"]), ("b", ["bmi", "age·bmi"])).Of);
    }

    [Fact]
    public void Shuffled_groups_keep_their_sizes_and_depend_on_the_seed_alone()
    {
        var groups = Groups.InOrder(("first", 10), ("last", 54));
        Groups a = groups.Shuffled(1), again = groups.Shuffled(1), b = groups.Shuffled(2);
        Assert.Equal(10, a.Members("first").Count);
        Assert.Equal(a.Of, again.Of);
        Assert.NotEqual(a.Of, b.Of);
        Assert.NotEqual(groups.Of, a.Of);
    }

    [Fact]
    public void A_group_that_names_no_feature_says_what_to_do()
    {
        var refused = Assert.Throws<ArgumentException>(() => Groups.Named(features, ("main", features), ("squares", [])));
        Assert.Contains("'squares' with none", refused.Message);
        Assert.Contains("leave the group out", refused.Message);
        Assert.Contains("'last' with none", Assert.Throws<ArgumentException>(() => Groups.InOrder(("first", 3), ("last", 0))).Message);
    }

    [Fact]
    public void Unknown_missing_and_doubled_features_are_named()
    {
        Assert.Contains("'bim'", Assert.Throws<ArgumentException>(() => Groups.Named(features, ("a", ["age", "bim"]))).Message);
        Assert.Contains("'age·bmi' in 0", Assert.Throws<ArgumentException>(
            () => Groups.Named(features, ("a", ["age", "bmi"]), ("b", ["age²"]))).Message);
        Assert.Contains("'age' in 2", Assert.Throws<ArgumentException>(
            () => Groups.Named(features, ("a", ["age", "bmi"]), ("b", ["age", "age²", "age·bmi"]))).Message);
        Assert.Contains("'x' twice", Assert.Throws<ArgumentException>(() => Groups.PerFeature(["x", "x"])).Message);
        Assert.Contains("'c'", Assert.Throws<KeyNotFoundException>(() => Groups.One(3).Members("c")).Message);
    }

    [Fact]
    public void The_64_features_of_diabetes_are_10_columns_9_squares_and_45_products()
    {
        var data = SecondOrder.Of(DataSets.Diabetes());
        Assert.Equal(64, data.Features.Count);
        Assert.Equal(10, data.Features.Count(f => !SecondOrder.Is(f)));
        Assert.Equal(9, data.Features.Count(SecondOrder.IsSquare));
        // The sex has two values, whose squares say nothing new.
        Assert.DoesNotContain("sex²", data.Features);
        Assert.Equal(Judges.ReferenceData.SecondOrder().ToArray<double>(), Scaling.Standardize(data.X).ToArray<double>(),
            (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void A_constant_column_makes_no_features_of_second_order()
    {
        var data = new DataSet("rows", ["a", "b", "c"], tf.constant(new[,] { { 1.0, 5, 2 }, { 2, 5, 4 }, { 3, 5, 1 } }), "t", tf.ones(3));
        Assert.Equal(["a", "b", "c", "a²", "c²", "a·c"], SecondOrder.Of(data).Features);
    }
}
