using Workbook.Helpers;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>What notebook 03 says one writes in Keras 3 does there what it says.</summary>
[Trait("speed", "slow")]
public class OtherDataInKerasTests
{
    static readonly DataSet diabetes = DataSets.Diabetes();

    static string[] Notebook => RealKeras.Blocks("notebooks/03-ask-other-data.dib", "The same elsewhere");

    static Tensor Rows(Tensor data, bool judge) =>
        tf.gather(data, Enumerable.Range(0, diabetes.Rows).Where(i => i % 3 == 0 == judge).ToArray());

    [Fact]
    public async Task The_series_gives_the_hypergradient_that_ours_gives()
    {
        Tensor fitX = Rows(diabetes.X, false), fitY = Rows(diabetes.y, false), x = Scaling.Standardize(fitX),
            y = tf.expand_dims(Scaling.Standardize(fitY), 1), xv = Scaling.StandardizeBy(Rows(diabetes.X, true), fitX),
            yv = tf.expand_dims(Scaling.StandardizeBy(Rows(diabetes.y, true), fitY), 1);
        var kernel = tf.linalg.solve(tf.matmul(x, x, transpose_a: true) / 294 + 0.02 * tf.eye(10, dtype: tf.float64),
            tf.matmul(x, y, transpose_a: true) / 294);
        var found = await RealKeras.Run(new Dictionary<string, Tensor>
        {
            ["x"] = x,
            ["y"] = y,
            ["xv"] = xv,
            ["yv"] = yv,
            ["kernel"] = kernel,
        }, """
            x, y, xv, yv = [a.astype('float32') for a in (x, y, xv, yv)]
            mse = keras.losses.MeanSquaredError()
            s = keras.Variable(-3.912023005428146, name="log_strength")
            dense = keras.layers.Dense(1, use_bias=False, kernel_regularizer=lambda w: ops.exp(s) * ops.sum(w ** 2))
            model = keras.Sequential([keras.Input((10,)), dense])
            dense.kernel.assign(kernel)

            """ + Notebook[0], "hypergradient(300, 0.1)", "hypergradient(10, 0.1)");
        foreach (var (terms, theirs) in new[] { (300, found[0][0]), (10, found[1][0]) })
        {
            var w = tf.Variable(kernel[.., 0], name: "w");
            var s = tf.Variable(Math.Log(0.02), name: "s", dtype: tf.float64);
            Tensor Squares(Tensor rows, Tensor target) => tf.reduce_mean(tf.square(target[.., 0] - tf.linalg.matvec(rows, w)));
            var training = new TrainingProblem(() => Squares(x, y) + tf.exp(s) * tf.reduce_sum(w * w), [w]);
            var ours = (double)new ImplicitObjective(training, () => Squares(xv, yv), [s], new NeumannSeries(terms, 0.1)).Evaluate()
                .Gradients[0];
            // Keras computes in float32; the shares of the sum are a few times larger than the sum.
            Assert.Equal(1, theirs / ours, 5e-4);
        }
    }

    // scipy and scikit-learn's RidgeCV: 0.00415103, 2999.771133.
    [Fact]
    public async Task Leaving_out_rows_finds_the_strength_of_scipy()
    {
        var found = await RealKeras.Run(new Dictionary<string, Tensor>
        {
            ["x"] = Scaling.UnitLength(diabetes.X),
            ["y"] = tf.expand_dims(Scaling.Center(diabetes.y), 1),
        }, Notebook[1] + """
            s = tf.Variable(0.0, dtype="float64")
            for _ in range(800):
                with tf.GradientTape() as tape:
                    loss = left_out(x, y, s)
                s.assign_sub(0.02 * tape.gradient(loss, s))
            """, "np.exp(s)", "left_out(x, y, s)");
        Assert.Equal(0.00415103, found[0][0], 1e-6);
        Assert.Equal(2999.771133, found[1][0], 1e-5);
    }
}
