using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Helpers.Judges;
using Xunit;
using static Workbook.Tests.Helpers.Judges.ReferenceData;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>References: TensorFlow for the descent; numpy and scikit-learn's RidgeCV for the closed form.</summary>
public class LeaveOneOutTests
{
    [Fact]
    [Trait("speed", "slow")]
    public void The_strength_descends_on_the_error_as_in_TensorFlow()
    {
        var loop = new ReferenceLoop("09/leave-one-out");
        var s = Var(Math.Log(0.05), "log_lambda");
        s.assign(loop["initial"].GetProperty("log_lambda").GetDouble());
        var judge = new TrainingObjective(() => LeaveOneOut.Error(UnitX, CentredY, tf.exp(s)), [s]);
        loop.Descend(judge, new Dictionary<string, Variable> { ["log_lambda"] = s });
        ReferenceLoop.Same(loop["lambda"], Math.Exp((double)s));
    }

    [Fact]
    public void The_gradient_at_one_strength_is_that_of_the_closed_form()
    {
        var s = Var(Math.Log(0.05), "log_lambda");
        var judged = new TrainingObjective(() => LeaveOneOut.Error(UnitX, CentredY, tf.exp(s)), [s]).Evaluate();
        // numpy: 3001.6788739076 and .7770600705, printed with these digits.
        Assert.Equal(3001.6788739076, judged.Loss, 1e-9 * 3001);
        Assert.Equal(0.7770600705, (double)judged.Gradients[0], 1e-9);
    }

    [Fact]
    public void The_error_is_that_of_refitting_without_each_sample()
    {
        const double lambda = 0.5;
        Tensor x = UnitX[..20] * 10.0, y = CentredY[..20];
        var errors = Enumerable.Range(0, 20).Select(i =>
        {
            int[] others = [.. Enumerable.Range(0, 20).Where(j => j != i)];
            Tensor xi = tf.gather(x, others), yi = tf.expand_dims(tf.gather(y, others), 1);
            var w = tf.linalg.solve(tf.matmul(xi, xi, transpose_a: true) + lambda * tf.eye(10, dtype: tf.float64),
                tf.matmul(xi, yi, transpose_a: true));
            return (double)y[i] - (double)tf.reduce_sum(x[i] * tf.squeeze(w, 1));
        });
        // Twenty solves of well-conditioned systems against one: 1e-10 relative.
        Assert.Equal(1, (double)LeaveOneOut.Error(x, y, lambda, intercept: false) / errors.Average(e => e * e), 1e-10);
    }
}
