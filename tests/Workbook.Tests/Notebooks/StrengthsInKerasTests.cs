using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>What notebook 01 and the page on decisions say one writes in Keras 3 does there what they say.</summary>
[Trait("speed", "slow")]
public class StrengthsInKerasTests
{
    const string Page = "docs/should-i-learn-it.md", Linear = """
        def linear(penalty):
            dense = keras.layers.Dense(1, use_bias=False, kernel_initializer="zeros", kernel_regularizer=penalty)
            return keras.Sequential([keras.Input((10,)), dense])
        mse = keras.losses.MeanSquaredError()
        flat = lambda tensors: tf.concat([tf.reshape(t, (-1, 1)) for t in tensors], 0)

        """;

    static readonly DataSet diabetes = DataSets.Diabetes();

    static string[] Notebook => RealKeras.Blocks("notebooks/01-the-strength-that-ran-away.dib", "The same elsewhere");

    static Tensor Rows(Tensor data, bool judge) =>
        tf.gather(data, Enumerable.Range(0, diabetes.Rows).Where(i => i % 3 == 0 == judge).ToArray());

    static Dictionary<string, Tensor> All => new()
    {
        ["x"] = Scaling.Standardize(diabetes.X),
        ["y"] = tf.expand_dims(Scaling.Standardize(diabetes.y), 1),
        ["length"] = tf.constant(2 * 0.3621593513823841, tf.float64),
    };

    // scipy, root of ‖w(λ)‖² = C. Keras trains in float32.
    [Fact]
    public async Task The_price_of_a_budget_is_that_of_scipy()
    {
        var found = await RealKeras.Run(All, Linear + Notebook[0] + """
            model = keras.Sequential([keras.Input((10,)), layer])
            model.compile(keras.optimizers.SGD(0.1, momentum=0.8), "mse")
            model.fit(x, y, batch_size=442, epochs=400, verbose=0)
            """, "price", "sum(v is price for v in model.trainable_variables)");
        Assert.Equal(0.32335263, found[0][0], 1e-4);
        Assert.Equal(1, found[1][0]);
    }

    // Bisection of dV/dλ: 0.0088. V is flat there: after 40 looks Adam is within a tenth.
    [Fact]
    public async Task Other_data_find_the_strength_of_a_bisection_and_the_fit_leaves_it_alone()
    {
        Tensor fitX = Rows(diabetes.X, false), fitY = Rows(diabetes.y, false);
        var found = await RealKeras.Run(new Dictionary<string, Tensor>
        {
            ["x"] = Scaling.Standardize(fitX),
            ["y"] = tf.expand_dims(Scaling.Standardize(fitY), 1),
            ["xv"] = Scaling.StandardizeBy(Rows(diabetes.X, true), fitX),
            ["yv"] = tf.expand_dims(Scaling.StandardizeBy(Rows(diabetes.y, true), fitY), 1),
        }, "x, y, xv, yv = [a.astype('float32') for a in (x, y, xv, yv)]\n" + Linear + Notebook[1] + """
            model, judge = linear(penalty), keras.optimizers.Adam(0.1)
            model.compile(keras.optimizers.SGD(0.1, momentum=0.8), mse)
            def look(epoch, logs):
                if epoch % 10 == 0: judge.apply([hypergradient()], [s])
            model.fit(x, y, batch_size=294, epochs=400, verbose=0, callbacks=[keras.callbacks.LambdaCallback(on_epoch_end=look)])
            """, "ops.exp(s)", "len(model.trainable_variables)");
        Assert.Equal(0.0087997380, found[0][0], 0.0087997380 / 10);
        Assert.Equal(1, found[1][0]);
    }

    // Kepler's exponent with the factor 1: R, log-log least squares through 0. The evidence: scikit-learn, BayesianRidge.
    [Fact]
    public async Task The_page_on_decisions_finds_the_exponent_the_strength_and_a_ramp()
    {
        var planets = DataSets.Planets();
        var inputs = All;
        (inputs["log_axis"], inputs["log_period"]) = (tf.math.log(planets.X), tf.expand_dims(tf.math.log(planets.y), 1));
        var blocks = RealKeras.Blocks(Page);
        var found = await RealKeras.Run(inputs, "x64, y64 = x, y\n" + Linear + Notebook[0] + string.Concat(blocks) + """
            model = linear(lambda w: ramped * ops.sum(w ** 2))
            model.compile("sgd", "mse")
            model.fit(x, y, batch_size=442, epochs=200, verbose=0, callbacks=[ramp(0.1)])
            """, "law.layers[0].p", "tf.exp(logs[1] - logs[0]) / len(x)", "ramped", "len(model.trainable_variables)",
            "len(layer.trainable_variables)");
        Assert.Equal(1.4998229, found[0][0], 1e-4);
        Assert.Equal(0.033611841, found[1][0], 1e-5);
        Assert.Equal(0.1, found[2][0], 1e-6);
        Assert.Equal(1, found[3][0]);
        // The price; its kernel is made when the layer is built.
        Assert.Equal(1, found[4][0]);
    }
}
