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

    [Fact]
    [Trait("speed", "slow")]
    public void It_finds_the_strength_and_the_features_of_the_last_layer_of_a_model_by_itself()
    {
        var strength = new Positive(0.1, "λ", tf.float64);
        var model = keras.Sequential([keras.Input(10), layers.Dense(1, kernel_regularizer: regularizers.l2(strength))]);
        model.compile(optimizers.SGD(0.1), "mse");
        model.fit(ReferenceData.X, ReferenceData.Target, batch_size: 442, epochs: 800, verbose: 0,
            callbacks: [new EvidenceStrength(model, ReferenceData.X, ReferenceData.Target).ToCallback(optimizers.Adam(0.05))]);
        Assert.Equal(Ratio, (double)strength.Value, 1e-5 * Ratio);
        // Asked again, it finds the strength that no fit moves any more.
        Assert.Equal(Ratio, new EvidenceStrength(model, ReferenceData.X, ReferenceData.Target).Settle().Ratio / 442, 1e-6);
    }

    [Fact]
    public void The_features_of_a_network_are_those_before_its_last_layer_in_every_form_of_model()
    {
        Layer[] Layers() => [layers.Dense(4, activation: "tanh", name: "body"),
            layers.Dense(1, kernel_regularizer: regularizers.l2(new Positive(0.1, dtype: tf.float64)))];
        var sequential = keras.Sequential([keras.Input(10), .. Layers()]);
        var input = keras.Input(10);
        var (first, last) = (Layers()[0], Layers()[1]);
        var functional = keras.Model(input, last.Apply(first.Apply(input)));
        functional.set_weights(sequential.get_weights());
        foreach (var model in new[] { sequential, functional })
        {
            model.compile("sgd", "mse");
            var before = new EvidenceStrength(() => model.layers.First(l => l.name == "body").Apply(ReferenceData.X), ReferenceData.Target);
            Assert.Equal(before.Evaluate().Loss, new EvidenceStrength(model, ReferenceData.X, ReferenceData.Target).Evaluate().Loss, 1e-9);
        }
    }

    [Fact]
    public void Several_units_share_one_strength_and_without_a_bias_nothing_is_centred()
    {
        var y = tf.stack([ReferenceData.Target, ReferenceData.Raw[.., 2]], 1);
        Evidence2(use_bias: true, Scaling.Center(ReferenceData.Raw), Scaling.Center(y));
        Evidence2(use_bias: false, ReferenceData.Raw, y);

        void Evidence2(bool use_bias, Tensor x, Tensor target)
        {
            var model = keras.Sequential([keras.Input(10),
                layers.Dense(2, use_bias: use_bias, kernel_regularizer: regularizers.l2(new Positive(0.5, dtype: tf.float64)))]);
            model.compile("sgd", "mse");
            var judge = new EvidenceStrength(model, ReferenceData.Raw, y);
            double alpha = (double)judge.Noise.Value, lambda = 0.5 * alpha * 442 * 2;
            // Independent regressions with the same precisions: the logarithms add.
            var sum = (double)(Evidence.Log(x, target[.., 0], alpha, lambda) + Evidence.Log(x, target[.., 1], alpha, lambda));
            Assert.Equal(-sum, judge.Evaluate().Loss, 1e-8 * Math.Abs(sum));
            if (!use_bias) Assert.Contains("2 outputs, no bias", Assert.Throws<InvalidOperationException>(judge.Settle).Message,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-4)]
    [InlineData(1e5)]
    public void It_settles_at_once_in_any_unit(double unit)
    {
        var judge = new EvidenceStrength(unit * ReferenceData.X, ReferenceData.Target);
        var fit = judge.Settle();
        // On standardised columns λ/(αn) is 0.0336; columns times a unit take its square.
        Assert.Equal(1, (double)judge.Strength.Value / (Ratio * unit * unit), 1e-6);
        Assert.Equal(1, (double)judge.Noise.Value / Alpha, 1e-6);
        Assert.Equal(8.579289, fit.Gamma, 1e-5);
        // And there the gradient of the steps is 0.
        Assert.All(judge.Evaluate().Gradients, g => Assert.Equal(0, (double)g, 1e-6));
    }

    [Fact]
    public void A_model_without_such_a_layer_is_refused_with_what_to_do()
    {
        Tensor x = ReferenceData.X, y = ReferenceData.Target;
        Refused("an activation", "without activation", layers.Dense(1, "relu", kernel_regularizer: regularizers.l2(new Positive(0.1))));
        Refused("a number", "regularizers.l2(new Positive(0.1))", layers.Dense(1, kernel_regularizer: regularizers.l2(0.1)));
        Refused("another layer", "a Dense layer at the end", layers.Flatten());
        Assert.Contains("best strength is infinite", Assert.Throws<JudgeException>(
            new EvidenceStrength(ReferenceData.Raw[..50, ..4], y[100..150]).Settle).Message, StringComparison.Ordinal);

        void Refused(string what, string message, Layer last)
        {
            var model = keras.Sequential([keras.Input(10), last]);
            model.compile("sgd", "mse");
            Assert.True(Assert.Throws<ArgumentException>(() => new EvidenceStrength(model, x, y)).Message
                .Contains(message, StringComparison.Ordinal), what);
        }
    }
}
