using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Helpers;

/// <summary>Learned variables of which several can stand in for each other. Truth: the rank of what they are multiplied by.</summary>
public class ToldApartTests
{
    [Fact]
    public void Two_slopes_of_one_feature_cannot_be_told_apart()
    {
        var found = Examined((v, x) => v[0] * x + v[1] * x);
        Assert.Contains("v0 +1, v1 -1", found.Replace("v1 +1, v0 -1", "v0 +1, v1 -1"));
    }

    [Fact]
    public void Half_of_x_and_half_of_its_size_are_a_relu()
    {
        var found = Examined((v, x) => v[0] * x + v[1] * tf.abs(x) + v[2] * tf.nn.relu(x));
        Assert.All(["v0", "v1", "v2"], name => Assert.Contains(name, found));
    }

    [Fact]
    public void An_offset_that_two_others_add_up_to_is_named_and_the_slope_beside_it_is_not()
    {
        var found = Examined((v, x) => v[0] + v[1] + v[2] * x);
        Assert.Contains("v0", found);
        Assert.DoesNotContain("v2", found);
    }

    [Fact]
    public void Which_of_several_stands_for_the_others_does_not_matter()
    {
        // Three for one slope, of which the last two are a product.
        var found = Examined((v, x) => v[0] * x + v[1] * v[2] * x);
        Assert.Contains("v0", found);
        found = Examined((v, x) => v[0] * tf.sin(x + v[1]) + v[2] * tf.cos(x));
        Assert.All(["v0", "v1", "v2"], name => Assert.Contains(name, found));
    }

    [Fact]
    public void What_the_rows_or_a_penalty_tell_apart_raises_no_alarm()
    {
        Assert.Equal("", Examined((v, x) => v[0] * x + v[1] * x * x));
        Assert.Equal("", Examined((v, x) => v[0] * tf.tanh(v[1] * x)));
        Assert.Equal("", Examined((v, x) => v[0] * x + v[1] * x, penalty: v => tf.square(v[1] - 0.2)));
        // A variable that the predictions do not read acts through the loss.
        Assert.Equal("", Examined((v, x) => v[0] * x, penalty: v => tf.square(v[1] - 0.3) + tf.square(v[2] - 0.1)));
        // Two rows cannot tell three numbers, whatever the model.
        Assert.Equal("", Examined((v, x) => v[0] + v[1] * x + v[2] * x * x, rows: 2));
    }

    [Fact]
    public void Shares_that_sum_to_one_are_no_alarm()
    {
        var model = Sequential([Input(1), new MixedActivation(("x", x => x), ("sin", x => tf.sin(x)))]);
        model.compile("sgd", "mse");
        var x = tf.random.normal((40, 1), seed: 1);
        var findings = Doctor.Examine(model, x, tf.sin(x), options: Only).Findings;
        Assert.DoesNotContain(findings, f => f.Cause.Contains("told apart"));
    }

    static DoctorOptions Only => new() { Checks = ["D10"] };

    static string Examined(Func<Variable[], Tensor, Tensor> function, Func<Variable[], Tensor>? penalty = null, int rows = 40)
    {
        var layer = new Own(function, penalty);
        var model = Sequential([Input(1), layer]);
        model.compile(optimizers.SGD(0.01), "mse");
        var x = tf.random.normal((rows, 1), seed: 1);
        var before = layer.Numbers.Select(v => (float)v).ToArray();
        var report = Doctor.Examine(model, x, 2.0 * x + 1.0, options: Only);
        Assert.Equal(before, layer.Numbers.Select(v => (float)v));
        var alarms = report.Findings.Where(f => f.Certainty != Certainty.Note);
        return string.Join("; ", alarms.Select(f => f.Cause).Where(c => c.Contains("told apart")));
    }

    sealed class Own(Func<Variable[], Tensor, Tensor> function, Func<Variable[], Tensor>? penalty) : Layer
    {
        public Variable[] Numbers { get; } = [.. new[] { 0.5f, 0.7f, 0.9f }.Select((n, i) => tf.Variable(n, name: $"v{i}"))];

        public override Tensor call(Tensor inputs, bool training)
        {
            if (penalty is not null) add_loss(penalty(Numbers));
            return function(Numbers, inputs);
        }
    }
}
