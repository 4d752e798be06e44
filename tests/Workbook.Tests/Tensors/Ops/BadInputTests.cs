using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>What goes in wrongly comes back with the op's name, what was given, and the rule.</summary>
public class BadInputTests
{
    static readonly Tensor Wide = tf.zeros((2, 3)), Pair = tf.zeros(2), Whole = tf.zeros((2, 3), tf.int32),
        Double = tf.zeros((2, 3), tf.float64);

    static readonly (string Name, Func<object?> Call, string[] Says)[] Shapes =
    [
        ("add", () => Wide + Pair, ["add", "(2, 3)", "(2,)", "equal or 1"]),
        ("multiply", () => Wide * tf.zeros((4, 3)), ["multiply", "(2, 3)", "(4, 3)", "2 and 4"]),
        ("less", () => Wide < Pair, ["less", "(2, 3)", "(2,)"]),
        ("where", () => tf.where(tf.constant(new[] { true, false }), Wide, Wide), ["where", "(2,)", "(2, 3)"]),
        ("matmul", () => tf.matmul(Wide, Wide), ["matmul", "(2, 3)", "inner", "3 and 2"]),
        ("matmul of a vector", () => tf.matmul(Pair, Wide), ["matmul", "(2,)", "two axes", "matvec"]),
        ("matmul batches", () => tf.matmul(tf.zeros((2, 2, 3)), tf.zeros((3, 3, 2))), ["matmul", "(2,)", "(3,)"]),
        ("reshape", () => tf.reshape(Wide, (4, 2)), ["reshape", "6", "(2, 3)", "(4, 2)"]),
        ("reshape with two unknowns", () => tf.reshape(Wide, new[] { -1, -1 }), ["reshape", "at most one -1"]),
        ("transpose", () => tf.transpose(Wide, [0, 0]), ["transpose", "each axis once", "(2, 3)"]),
        ("concat", () => tf.concat([Wide, tf.zeros((2, 4))], 0), ["concat", "(2, 3)", "(2, 4)", "axis 0"]),
        ("concat of nothing", () => tf.concat([], 0), ["concat", "at least one"]),
        ("stack", () => tf.stack([Wide, Pair]), ["stack", "(2, 3)", "(2,)"]),
        ("split", () => tf.split(Wide, 2, axis: 1), ["split", "(2, 3)", "divides", "3"]),
        ("squeeze", () => tf.squeeze(Wide, axis: 1), ["squeeze", "(2, 3)", "axis 1"]),
        ("expand_dims", () => tf.expand_dims(Wide, 3), ["expand_dims", "-3 to 2", "3"]),
        ("broadcast_to", () => tf.broadcast_to(Pair, 3), ["broadcast_to", "(2,)", "(3,)"]),
        ("tile", () => tf.tile(Wide, [2]), ["tile", "2 multiples", "(2, 3)"]),
        ("slice", () => tf.slice(Wide, [1, 0], [2, 1]), ["slice", "(2, 3)", "axis 0"]),
        ("pad", () => tf.pad(Pair, new[,] { { 2, 0 } }, "REFLECT"), ["pad", "2"]),
        ("gather", () => tf.gather(Wide, new[] { 0, 2 }), ["gather", "0 to 1", "2", "(2, 3)"]),
        ("unsorted_segment_sum", () => tf.math.unsorted_segment_sum(Pair, new[] { 0, 5 }, 2), ["unsorted_segment_sum", "below 2", "5"]),
        ("axis too large", () => tf.reduce_sum(Wide, axis: 2), ["reduce_sum", "-2 to 1", "(2, 3)", "2"]),
        ("axis too negative", () => tf.reduce_mean(Wide, axis: -3), ["reduce_mean", "-2 to 1", "(2, 3)", "-3"]),
        ("axis twice", () => tf.reduce_max(Wide, axis: (int[])[1, -1]), ["reduce_max", "each axis once", "(2, 3)"]),
        ("softmax axis", () => tf.nn.softmax(Wide, axis: 5), ["softmax", "-2 to 1", "5"]),
        ("argmax of nothing", () => tf.argmax(tf.zeros((2, 0)), axis: 1), ["argmax", "(2, 0)"]),
        ("top_k", () => tf.math.top_k(Wide, 4), ["top_k", "4", "3"]),
        ("cross-entropy", () => tf.nn.softmax_cross_entropy_with_logits(Pair, Wide),
            ["softmax_cross_entropy_with_logits", "(2,)", "(2, 3)"]),
        ("sparse cross-entropy", () => tf.nn.sparse_softmax_cross_entropy_with_logits(new[] { 3, 0 }, Wide),
            ["sparse_softmax_cross_entropy_with_logits", "0 to 2", "3"]),
        ("assign", () => tf.Variable(Pair, name: "rate").assign(Wide), ["assign", "'rate'", "(2,)", "(2, 3)"]),
    ];

    static readonly (string Name, Func<object?> Call, string[] Says)[] DTypes =
    [
        ("add", () => Wide + Double, ["add", "float32", "float64", "tf.cast"]),
        ("matmul", () => tf.matmul(Wide, tf.zeros((3, 2), tf.float64)), ["matmul", "float32", "float64", "tf.cast"]),
        ("maximum", () => tf.maximum(Wide, Whole), ["maximum", "float32", "int32"]),
        ("equal", () => tf.equal(Wide, Whole), ["equal", "float32", "int32"]),
        ("concat", () => tf.concat([Wide, Whole], 0), ["concat", "float32", "int32"]),
        ("a fraction beside integers", () => Whole * 0.5, ["multiply", "int32", "0.5", "tf.cast"]),
        ("exp of integers", () => tf.exp(Whole), ["exp", "float32", "int32", "tf.cast"]),
        ("truth values added", () => tf.constant(true) + tf.constant(true), ["add", "bool"]),
        ("where without a condition", () => tf.where(Wide, Wide, Wide), ["where", "bool", "float32"]),
        ("gather by fractions", () => tf.gather(Wide, Pair), ["gather", "int32", "float32"]),
        ("one_hot of fractions", () => tf.one_hot(Pair, 3), ["one_hot", "int32", "float32"]),
        ("assign", () => tf.Variable(Wide, name: "rate").assign(Double), ["assign", "'rate'", "float32", "float64", "tf.cast"]),
    ];

    public static TheoryData<string> ShapeNames => [.. Shapes.Select(s => s.Name)];

    public static TheoryData<string> DTypeNames => [.. DTypes.Select(s => s.Name)];

    [Theory]
    [MemberData(nameof(ShapeNames))]
    public void A_wrong_shape_is_answered_by_op_shapes_and_rule(string name) => Check<ShapeException>(Shapes.Single(s => s.Name == name));

    [Theory]
    [MemberData(nameof(DTypeNames))]
    public void A_wrong_dtype_is_answered_by_op_and_both_types(string name) => Check<DTypeException>(DTypes.Single(s => s.Name == name));

    [Fact]
    public void Segments_out_of_order_lead_to_the_op_that_takes_them() =>
        Assert.Contains("unsorted_segment_sum", Assert.Throws<ArgumentException>(() => tf.math.segment_sum(Pair, new[] { 1, 0 })).Message);

    [Fact]
    public void An_integer_divided_by_0_or_raised_to_a_negative_power_says_so()
    {
        Assert.Contains("division by zero", Assert.Throws<NumericException>(() => tf.math.floordiv(tf.constant(7), 0)).Message);
        Assert.Contains("negative", Assert.Throws<NumericException>(() => tf.pow(tf.constant(2), -1)).Message);
    }

    [Fact]
    public void Empty_reductions_give_what_NumPy_gives()
    {
        var nothing = tf.zeros((2, 0));
        Arrays.Same(tf.reduce_sum(nothing, axis: 1), 2, 0f, 0f);
        Arrays.Same(tf.reduce_prod(nothing, axis: 1), 2, 1f, 1f);
        Arrays.Same(tf.reduce_mean(nothing, axis: 1), 2, float.NaN, float.NaN);
        Arrays.Same(tf.reduce_max(nothing, axis: 1), 2, float.NegativeInfinity, float.NegativeInfinity);
        Arrays.Same(tf.reduce_sum(nothing, axis: 0), 0, new float[0]);
    }

    static void Check<T>((string Name, Func<object?> Call, string[] Says) bad) where T : Exception
    {
        var message = Assert.Throws<T>(() => { bad.Call(); }).Message;
        foreach (var part in bad.Says) Assert.Contains(part, message);
    }
}
