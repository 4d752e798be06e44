using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Keras.Golden;

/// <summary>A loop of one's own beside the trajectory of a run: every recorded number must be there and equal.</summary>
sealed class Loop(JsonElement run)
{
    public double Tolerance { get; init; } = 1e-9;

    public JsonElement Run => run;

    /// <summary>Where to stop, for runs whose later rows say nothing new and cost seconds.</summary>
    public int Last { get; init; } = int.MaxValue;

    /// <summary>Names in the trajectory that are computed from others here.</summary>
    public Func<string, Tensor?> Derived { get; init; } = _ => null;

    /// <summary>Gradient descent on a loss with the optimizer that the run states.</summary>
    /// <param name="loss">The loss, and other values before the update by their names.</param>
    /// <param name="variables">In the names of the trajectory.</param>
    /// <param name="after">What happens after each update.</param>
    public void Descend(Func<(Tensor Loss, Dictionary<string, Tensor> Others)> loss, List<Variable> variables, Action? after = null)
    {
        var update = Update(variables);
        Follow(_ =>
        {
            using var tape = tf.GradientTape();
            var (value, seen) = loss();
            update(tape.gradient(value, variables));
            after?.Invoke();
            seen["loss"] = value;
            foreach (var v in variables) seen[v.name] = v.value();
            return seen;
        });
    }

    public void Descend(Func<Tensor> loss, List<Variable> variables, Action? after = null) => Descend(() => (loss(), []), variables, after);

    /// <summary>Compares what a step gives with the recorded rows, up to the last of them.</summary>
    public void Follow(Func<int, Dictionary<string, Tensor>> step)
    {
        var trajectory = run.GetProperty("trajectory");
        var steps = trajectory.GetProperty("step").EnumerateArray().Select(s => s.GetInt32()).Where(s => s <= Last).ToArray();
        var row = 0;
        for (var t = 1; t <= steps[^1]; t++)
        {
            var seen = step(t);
            if (steps[row] != t) continue;
            foreach (var recorded in trajectory.EnumerateObject().Where(p => p.Name != "step"))
            {
                var actual = seen.GetValueOrDefault(recorded.Name) ?? Derived(recorded.Name)
                    ?? throw new InvalidDataException($"The run records {recorded.Name}, and the loop does not compute it.");
                var expected = recorded.Value[row].Flat().ToArray();
                // Relative to the largest entry of a vector: near an overflow its small entries are differences of large ones.
                var scale = Math.Max(1, expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max());
                Numbers.Near(expected, actual.ToArray<double>(), Tolerance * scale, 0, $"{recorded.Name} in step {t}");
            }
            row++;
        }
        Assert.Equal(steps.Length, row);
    }

    Action<Tensor[]> Update(List<Variable> variables)
    {
        var spec = run.TryGetProperty("optimizer", out var o) ? o : throw new InvalidDataException("The run states no optimizer.");
        if (spec.GetProperty("class").GetString() == "plain")
        {
            var rates = variables.ConvertAll(v => spec.GetProperty("learning_rate").GetProperty(v.name).GetDouble());
            return gradients =>
            {
                for (var i = 0; i < rates.Count; i++) variables[i].assign_sub(rates[i] * gradients[i]);
            };
        }
        var config = JsonSerializer.SerializeToElement(
            spec.EnumerateObject().Where(p => p.Name != "class").ToDictionary(p => p.Name, p => p.Value));
        var optimizer = Made.By<Optimizer>(typeof(keras.optimizers), spec.GetProperty("class").GetString()!, config);
        return gradients => optimizer.apply_gradients(gradients.Zip(variables));
    }
}
