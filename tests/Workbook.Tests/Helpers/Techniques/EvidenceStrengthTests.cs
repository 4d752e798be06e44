using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>
/// References: scikit-learn 1.2, BayesianRidge without priors on the diabetes data; on standardised columns λ/(αn) is its ratio λ/α on
/// columns of length 1.
/// </summary>
public sealed class EvidenceStrengthTests : IDisposable
{
    const double Ratio = 0.033611841, Alpha = 3.410195057e-4;

    public EvidenceStrengthTests() => config.set_floatx(tf.float64);

    public void Dispose() => config.set_floatx(tf.float32);

    [Fact]
    [Trait("speed", "slow")]
    public void In_a_fit_the_strength_becomes_that_of_scikit_learn_and_the_weights_those_of_ridge_regression()
    {
        var judge = new EvidenceStrength(ReferenceData.X, ReferenceData.Target);
        var dense = layers.Dense(1, kernel_regularizer: regularizers.l2(judge.Strength));
        var model = keras.Sequential([keras.Input(10), dense]);
        model.compile(optimizers.SGD(0.1), "mse");
        model.fit(ReferenceData.X, ReferenceData.Target, batch_size: 442, epochs: 800, verbose: 0,
            callbacks: [judge.ToCallback(optimizers.Adam(0.05))]);
        // Adam has come to within 1e-6 of the optimum; the references have ten digits.
        Assert.Equal(1, (double)judge.Strength.Value / Ratio, 1e-5);
        Assert.Equal(1, (double)judge.Noise.Value / Alpha, 1e-5);
        var A = tf.matmul(ReferenceData.X, ReferenceData.X, transpose_a: true) / 442.0 + Ratio * tf.eye(10, dtype: tf.float64);
        var ridge = tf.linalg.solve(A, tf.matmul(ReferenceData.X, tf.expand_dims(ReferenceData.CentredY, 1), transpose_a: true) / 442.0);
        // Weights of up to 30; the slowest direction of the descent shrinks by 1 − 0.2·(0.0086 + 0.0336) a step.
        Assert.Equal(ridge.ToArray<double>(), dense.kernel!.read_value().ToArray<double>(), (a, b) => Math.Abs(a - b) < 0.01);
    }

    [Fact]
    public void A_fit_without_the_judge_leaves_the_strength_alone()
    {
        var judge = new EvidenceStrength(ReferenceData.X, ReferenceData.Target, initial: 0.25);
        var model = keras.Sequential([keras.Input(10), layers.Dense(1, kernel_regularizer: regularizers.l2(judge.Strength))]);
        model.compile("adam", "mse");
        model.fit(ReferenceData.X, ReferenceData.Target, verbose: 0);
        Assert.Equal(0.25, (double)judge.Strength.Value, 1e-15);
    }

    [Fact]
    public void For_the_last_layer_of_a_network_the_features_are_those_of_its_body_today()
    {
        var body = keras.Sequential([keras.Input(10), layers.Dense(4, activation: "tanh")]);
        var judge = new EvidenceStrength(() => body.Apply(ReferenceData.X), tf.expand_dims(ReferenceData.Target, 1));
        var before = judge.Evaluate();
        var features = Scaling.Center(body.Apply(ReferenceData.X));
        double alpha = (double)judge.Noise.Value, lambda = 0.1 * alpha * 442;
        // The same formula on the same numbers.
        Assert.Equal(-(double)Evidence.Log(features, ReferenceData.CentredY, alpha, lambda), before.Loss, 1e-9);
        body.set_weights([.. body.get_weights().Select(w => 2.0 * w)]);
        Assert.NotEqual(before.Loss, judge.Evaluate().Loss);
    }

    [Fact]
    public void The_record_has_the_strength_under_its_name_and_the_colour_of_the_evidence()
    {
        var judge = new EvidenceStrength(ReferenceData.X, ReferenceData.Target, name: "λ");
        var recorder = new Recorder(judge.Variables);
        var judged = judge.Step(optimizers.SGD(0.01));
        recorder.Record(1, judged.Gradients);
        Assert.Equal(["λ", "λ: noise precision", "∂λ", "∂λ: noise precision"], recorder.Names);
        Assert.Equal(Judge.Evidence, recorder.JudgeOf("λ"));
    }
}
