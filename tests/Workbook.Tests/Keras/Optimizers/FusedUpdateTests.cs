using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Optimizers;

/// <summary>
/// An optimizer's rule stands as a formula and, for some, as one pass over the elements; both must give the same bits, also at rest.
/// </summary>
public class FusedUpdateTests
{
    const double Smallest = 2.2250738585072014e-308, SmallestSingle = 1.17549435e-38;

    public static TheoryData<string, int, DType> Fused
    {
        get
        {
            var data = new TheoryData<string, int, DType>();
            foreach (var name in new[] { "adam", "sgd" })
                foreach (var size in new[] { 1, 16, 17 })
                    foreach (var dtype in new[] { DType.Float32, DType.Float64 }) data.Add(name, size, dtype);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Fused))]
    public void One_pass_gives_the_bits_of_the_rule_while_it_moves_and_at_rest(string name, int size, DType dtype)
    {
        Optimizer fast = name == "sgd" ? keras.optimizers.SGD(0.01) : keras.optimizers.Adam(0.01);
        // A decay of 0 asks for the rule.
        Optimizer rule = name == "sgd" ? keras.optimizers.SGD(0.01, weight_decay: 0.0) : keras.optimizers.Adam(0.01, weight_decay: 0.0);
        var start = tf.random.normal(size, dtype: dtype, seed: 1);
        var (a, b) = (tf.Variable(start), tf.Variable(start));
        var gradient = tf.random.normal(size, dtype: dtype, seed: 2);
        for (var step = 0; step < 10_000; step++)
        {
            var g = step < 100 ? gradient * Math.Cos(step) : tf.zeros(size, dtype);
            fast.apply_gradients([(g, a)]);
            rule.apply_gradients([(g, b)]);
        }
        Assert.Equal(b.value().ToArray<double>(), a.value().ToArray<double>());
        foreach (var (x, y) in fast.variables.Zip(rule.variables)) Assert.Equal(y.value().ToArray<double>(), x.value().ToArray<double>());
        Assert.All(fast.variables, AssertNoSubnormals);
    }

    public static TheoryData<string> Names =>
        ["sgd", "adam", "amsgrad", "adamax", "nadam", "rmsprop", "centered", "adadelta", "adagrad", "lion", "ftrl", "adamw", "ema"];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_optimizer_keeps_subnormal_numbers_at_rest(string name)
    {
        Optimizer optimizer = name switch
        {
            "sgd" => keras.optimizers.SGD(0.01, momentum: 0.5),
            "amsgrad" => keras.optimizers.Adam(0.01, amsgrad: true),
            "centered" => keras.optimizers.RMSprop(0.01, centered: true, momentum: 0.5),
            "ema" => keras.optimizers.SGD(0.5, use_ema: true, ema_momentum: 0.5),
            _ => name,
        };
        var v = tf.Variable(tf.constant(new[] { 1f, -1f, 1e-3f }));
        for (var step = 0; step < 3_000; step++)
            optimizer.apply_gradients([(step < 10 ? tf.constant(new[] { 1e-20f, -1f, 1e-3f }) : tf.zeros(3), v)]);
        Assert.All(optimizer.variables, AssertNoSubnormals);
    }

    static void AssertNoSubnormals(Variable v)
    {
        var limit = v.dtype == DType.Float64 ? Smallest : SmallestSingle;
        Assert.All(v.value().ToArray<double>(), x => Assert.True(x == 0 || Math.Abs(x) >= limit, $"{v.name} holds {x:R}"));
    }
}
