using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Tests.Helpers.Judges.ReferenceData;

namespace Workbook.Tests.Helpers.Judges;

/// <summary>The training loss with the term that charges for its variables, step by step as in TensorFlow.</summary>
public class EvidenceReferenceTests
{
    [Theory]
    [InlineData("gd")]
    [InlineData("adam")]
    [Trait("speed", "slow")]
    public void The_evidence_moves_both_precisions_as_in_TensorFlow(string kind)
    {
        var loop = new ReferenceLoop("04/evidence-diabetes-" + kind);
        var (alpha, lambda) = Precisions(loop);
        var judge = new TrainingObjective(() => -Evidence.Log(UnitX, CentredY, tf.exp(alpha), tf.exp(lambda)), [alpha, lambda]);
        loop.Descend(judge, Named(alpha, lambda));
        ReferenceLoop.Same(loop["ratio"], Math.Exp((double)lambda - (double)alpha));
        ReferenceLoop.Same(loop["closed_form"].GetProperty("lambda"), Math.Exp((double)lambda));
    }

    [Fact]
    public void Joint_maximisation_over_shrinks_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("04/joint-map-diabetes");
        var (alpha, lambda) = Precisions(loop);
        var S = tf.matmul(UnitX, UnitX, transpose_a: true);
        var c = tf.linalg.matvec(UnitX, CentredY, transpose_a: true);
        var judge = new TrainingObjective(() =>
        {
            Tensor a = tf.exp(alpha), l = tf.exp(lambda);
            var m = tf.squeeze(tf.linalg.solve(l * tf.eye(10, dtype: tf.float64) + a * S, tf.expand_dims(a * c, 1)), 1);
            return 0.5 * (a * tf.reduce_sum(tf.square(CentredY - tf.linalg.matvec(UnitX, m))) + l * tf.reduce_sum(tf.square(m)));
        }, [alpha, lambda], term: () => -0.5 * (442 * alpha + 10 * lambda));
        Assert.Equal(Judge.Evidence, judge.Judge);
        loop.Descend(judge, Named(alpha, lambda));
    }

    [Fact]
    public void The_normaliser_holds_a_strength_that_trains_with_its_weights()
    {
        var loop = new ReferenceLoop("04/normaliser-and-weights-adam");
        Variable w = Var(Zeros(10), "w"), s = Var(loop["initial"].GetProperty("log_lambda").GetDouble(), "log_lambda");
        var judge = new TrainingObjective(
            () => 0.5 * tf.reduce_sum(tf.square(Y - tf.linalg.matvec(X, w))) + 0.5 * tf.exp(s) * tf.reduce_sum(w * w), [w, s],
                term: () => -5 * s);
        loop.Descend(judge, Named(w, s));
        ReferenceLoop.Same(loop["lambda"], Math.Exp((double)s));
    }

    [Fact]
    public void The_normaliser_alone_gives_the_strength_of_fixed_weights()
    {
        var loop = new ReferenceLoop("04/fixed-weights-normaliser");
        var lambda = Var(0.1, "lambda");
        var w = tf.constant(new[] { 1.0, -2.0, 0.5, 3.0 });
        loop.Descend(new TrainingObjective(() => lambda * tf.reduce_sum(w * w), [lambda], () => -2 * tf.log(lambda)), Named(lambda));
        ReferenceLoop.Same(loop["closed_form"].GetProperty("lambda"), (double)lambda);
    }

    [Theory]
    [InlineData("0.8")]
    [InlineData("1.5")]
    [InlineData("3.0")]
    [InlineData("3.9")]
    [InlineData("4.1")]
    [InlineData("6.0")]
    [Trait("speed", "slow")]
    public void Joint_maximisation_erases_a_signal_that_the_evidence_keeps(string z2)
    {
        var loop = new ReferenceLoop("04/cliff-z2-" + z2);
        var z = loop["mean_z2"].GetDouble();
        // X'X = 50·I and weights b with z² = 50·b².
        Tensor x = Math.Sqrt(50) * tf.eye(20, dtype: tf.float64), y = tf.fill(20, tf.constant(Math.Sqrt(z), tf.float64));
        Shrinks("evidence", q => -Evidence.Log(x, y, 1.0, tf.exp(q)));
        Shrinks("joint_map", q =>
        {
            var l = tf.exp(q);
            return 10 * z * (tf.square(l / (l + 50.0)) + l * 50.0 / tf.square(l + 50.0)) - 10 * q;
        });

        void Shrinks(string judge, Func<Variable, Tensor> loss)
        {
            var q = Var(Math.Log(1e-3), "log_lambda");
            var objective = new TrainingObjective(() => loss(q), [q]);
            var sgd = keras.optimizers.SGD(0.05);
            for (var step = loop[judge].GetProperty("steps").GetInt32(); step > 0; step--) objective.Step(sgd);
            ReferenceLoop.Same(loop[judge].GetProperty("log_lambda"), (double)q, judge);
            ReferenceLoop.Same(loop[judge].GetProperty("shrinkage"), 50 / (50 + Math.Exp((double)q)), judge);
        }
    }

    [Fact]
    [Trait("speed", "slow")]
    public void Two_strengths_for_two_kinds_of_features_are_found_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("04/two-strengths-64-features");
        var x = SecondOrder();
        ReferenceLoop.Same(loop["feature_check"].GetProperty("first"), tf.reshape(x, -1)[..8]);
        Variable alpha = Var(loop["initial"].GetProperty("log_alpha").GetDouble(), "log_alpha"),
            strengths = Var(tf.fill(2, tf.constant(loop["initial"].GetProperty("log_strength").GetDouble(), tf.float64)), "log_strength");
        int[] group = [.. Enumerable.Repeat(0, 10), .. Enumerable.Repeat(1, 54)];
        var judge = new TrainingObjective(() =>
        {
            var a = tf.exp(alpha);
            return -Evidence.Log(x, CentredY, a, a * 442 * tf.exp(tf.gather(strengths, group)));
        }, [alpha, strengths]);
        loop.Descend(judge, Named(alpha, strengths));
        ReferenceLoop.Same(loop["strengths"], tf.exp(strengths));
    }

    static (Variable Alpha, Variable Lambda) Precisions(ReferenceLoop loop) =>
        (Var(loop["initial"].GetProperty("log_alpha").GetDouble(), "log_alpha"),
            Var(loop["initial"].GetProperty("log_lambda").GetDouble(), "log_lambda"));

    static Dictionary<string, Variable> Named(params Variable[] variables) => variables.ToDictionary(v => v.name);
}
