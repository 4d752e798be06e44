using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Learns where training should start: from the weights that it finds, a few steps on a new task's few rows go far.</summary>
/// <remarks>
/// For each task w' = w − α·∂L(w)/∂w on its rows, some steps of that, then the loss V(w') on its other rows; what is made small is the mean
/// of V over the tasks. Its gradient goes back through the steps: a ← a − H(α·a) from a = ∂V/∂w', which needs second derivatives.
/// First-order MAML leaves H out; that is another equation with another solution, not an approximation of the same. The rate α may be
/// learned too: one number, or one for each weight (Meta-SGD), which may come out as 0 or below for a weight that should not adapt. A start
/// is good for the number of steps that it was learned with; for more it may diverge.
/// A model may have several inputs, and several outputs with a loss each. Its loss must be the same each time for the same weights: layers
/// that draw, or keep a state from call to call, while nothing trains are refused.
/// <c>var maml = new Maml(model, rate: 0.1); maml.Step(tasks, optimizers.Adam(0.01)); using (maml.Adapt(x, y)) model.predict(…);</c>
/// Judge: other data, of many tasks. Sources: Finn, Abbeel, Levine 2017; Li et al. 2017 (Meta-SGD).
/// </remarks>
public sealed class Maml : Module
{
    readonly Model model;
    readonly int steps;
    readonly bool firstOrder, perWeight;

    /// <summary>The start of a model's weights, and how far it steps.</summary>
    /// <param name="model">Built and compiled; its losses are those of both rows. It runs as in evaluation: nothing drops, and a
    /// BatchNormalization uses its moving averages, which no step here moves; its gamma and beta adapt. Where it was applied with
    /// <c>training: true</c> it uses the mean and variance of a task's rows, each batch its own.</param>
    /// <param name="rate">The first α.</param>
    /// <param name="steps">How many steps a task gets, at least 1; default 1.</param>
    /// <param name="firstOrder">Whether second derivatives are left out; default false.</param>
    /// <param name="learnRate">Whether α is learned; default false.</param>
    /// <param name="perWeight">Whether each weight has an α of its own; default false.</param>
    /// <exception cref="ArgumentOutOfRangeException">No steps: without one there is nothing to learn for; or a rate that is not
    /// finite, below 0, or 0 and not learned.</exception>
    /// <exception cref="ArgumentException">The model has no weights that train.</exception>
    public Maml(Model model, double rate, int steps = 1, bool firstOrder = false, bool learnRate = false, bool perWeight = false)
    {
        Refuse(steps);
        if (!double.IsFinite(rate)) throw new ArgumentOutOfRangeException(nameof(rate), $"Maml: expected a finite rate. Received: {rate}.");
        if (rate < 0 || (rate == 0 && !learnRate))
            throw new ArgumentOutOfRangeException(nameof(rate), $"Maml: expected a rate above 0, or 0 where it is learned. Received: {rate}. "
                + (rate < 0 ? "Steps would go uphill: turn the sign." : "Without a step the start is the answer: train the model on all tasks "
                    + "at once."));
        (this.model, this.steps, this.firstOrder, this.perWeight) = (model, steps, firstOrder, perWeight);
        Weights = [.. model.trainable_variables];
        if (Weights.Count == 0)
            throw new ArgumentException($"Maml: expected a model with weights that train. Received: '{model.name}', which has none. "
                + "A model has weights after its first call; set trainable where they are frozen.");
        Rates = perWeight
            ? [.. Weights.Select(w =>
                tf.Variable(tf.fill(w.shape, tf.constant(rate, w.dtype)), trainable: learnRate, name: w.name + "/rate"))]
            : [tf.Variable(tf.constant(rate, Weights[0].dtype), trainable: learnRate, name: "rate")];
        foreach (var v in Learned) Judged.By(Judge.Validation, this, v);
    }

    /// <summary>The weights whose start is learned.</summary>
    public IReadOnlyList<Variable> Weights { get; }

    /// <summary>α: one scalar, or one tensor for each weight.</summary>
    public IReadOnlyList<Variable> Rates { get; }

    /// <summary>What a step moves: the start, and the rates if they are learned.</summary>
    IReadOnlyList<Variable> Learned => [.. Weights, .. Rates.Where(r => r.trainable)];

    /// <summary>The mean loss of the tasks after their steps, and its gradients by the weights and, if they are learned, by the
    /// rates.</summary>
    /// <param name="tasks">At least one.</param>
    /// <exception cref="ArgumentException">No task, one without rows, or a model that has got weights since.</exception>
    /// <exception cref="JudgeException">A loss or a gradient that is not finite, or a loss that changes by itself.</exception>
    public Hypergradient Evaluate(IReadOnlyList<MetaTask> tasks)
    {
        if (tasks.Count == 0) throw new ArgumentException("Maml: expected at least one task. Received: none.");
        RefuseNew();
        var start = Values();
        using var beside = new Beside(model, Weights);
        try
        {
            var (loss, sum) = (0.0, (Tensor[]?)null);
            foreach (var task in tasks)
            {
                var (value, gradients) = Of(task, start);
                loss += value / tasks.Count;
                sum = sum is null ? gradients : [.. sum.Zip(gradients, (a, b) => a + b)];
            }
            return Array.TrueForAll(sum!, Derivatives.AreFinite) ? new(loss, [.. sum!.Select(g => g / (double)tasks.Count)])
                : throw Derivatives.NotFinite(nameof(Maml), "those of the loss after the steps");
        }
        finally
        {
            Assign(start);
        }
    }

    /// <summary>Moves the start, and the rates if they are learned, once.</summary>
    /// <param name="tasks">At least one; all of them, or some drawn anew for each step.</param>
    /// <param name="optimizer">An optimizer for this alone.</param>
    /// <returns>The mean loss after the tasks' steps, before the update.</returns>
    public double Step(IReadOnlyList<MetaTask> tasks, Optimizer optimizer)
    {
        var found = Evaluate(tasks);
        var learned = Learned;
        foreach (var (v, g) in learned.Zip(found.Gradients))
            if (Judged.Of(v) is { } judged)
                (judged.Gradient, judged.Loss) = (g, found.Loss);
        optimizer.apply_gradients(found.Gradients.Zip(learned, (g, v) => ((Tensor?)g, v)));
        return found.Loss;
    }

    /// <summary>Adapts the model to a task; disposing the result brings the start back.</summary>
    /// <param name="x">A few inputs.</param>
    /// <param name="y">Their targets.</param>
    /// <param name="steps">How many steps; default: as many as were learned for.</param>
    /// <exception cref="ArgumentException">Not as many targets as inputs, or none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No steps.</exception>
    /// <exception cref="JudgeException">Weights that are not finite after a step; the model is at its start then.</exception>
    public IDisposable Adapt(Batch x, Batch y, int? steps = null)
    {
        Refuse(steps ?? this.steps);
        Refuse(x, y, "adapt to");
        RefuseNew();
        var start = new Start(this, Values());
        using var beside = new Beside(model, Weights);
        try
        {
            var problem = Problem(x, y);
            for (var t = 0; t < (steps ?? this.steps); t++) Assign(Moved(Values(), problem.Gradients()));
            return Weights.All(w => Derivatives.AreFinite(w.value())) ? start
                : throw new JudgeException("Maml: expected finite weights after the steps. Received: NaN or infinity. "
                    + "Take a smaller rate, or fewer steps, and look for numbers that are not finite among the rows.");
        }
        catch
        {
            start.Dispose();
            throw;
        }
    }

    static void Refuse(int steps)
    {
        if (steps < 1)
            throw new ArgumentOutOfRangeException(nameof(steps), $"Maml: expected at least one step on a task. Received: {steps}. "
                + "Without a step the start is the answer: train the model on all tasks at once.");
    }

    static void Refuse(Batch x, Batch y, string what)
    {
        if (x.Count == 0 || y.Count == 0 || x.Samples == 0 || x.Samples != y.Samples)
            throw new ArgumentException($"Maml: expected as many targets as rows to {what}, at least one. Received: inputs of shape {Shapes(x)} "
                + $"and targets of shape {Shapes(y)}. Check how the rows of the task were split.");
    }

    static string Shapes(Batch of) => of.Count == 0 ? "none" : string.Join(" and ", of.Select(t => t.shape));

    void RefuseNew()
    {
        if (model.trainable_variables.Except(Weights).Select(w => w.name).ToArray() is { Length: > 0 } late)
            throw new ArgumentException($"Maml: expected the weights that '{model.name}' had when it was given: {Weights.Count}. Received: besides "
                + $"them '{string.Join("', '", late.Take(3))}', whose start would not be learned. Call the model once before, or make Maml anew.");
    }

    /// <summary>Where the loss of the same weights is another each time, the way back is not the way that was gone.</summary>
    void RefuseOther(double before, double again)
    {
        if (Math.Abs(before - again) > 1e-3 * (Math.Abs(before) + Math.Abs(again)))
            throw new JudgeException($"Maml: expected a loss of '{model.name}' that is the same each time for the same weights. Received: "
                + $"{Numbers.Show(before)}, then {Numbers.Show(again)}. Leave out what keeps a state from call to call (stateful: true), and what "
                + "draws while nothing trains (dropout applied with training: true).");
    }

    (double Loss, Tensor[] Gradients) Of(MetaTask task, Tensor[] start)
    {
        Refuse(task.X, task.Y, "adapt to");
        Refuse(task.QueryX, task.QueryY, "judge by");
        var problem = Problem(task.X, task.Y);
        var (path, losses) = (new List<Tensor[]> { start }, new double[steps]);
        for (var t = 0; t < steps; t++)
        {
            Assign(path[^1]);
            (losses[t], var down) = Derivatives.Of(problem.Loss, [.. Weights]);
            path.Add(Moved(path[^1], Derivatives.OrZeros(down, Weights)));
        }
        Assign(path[^1]);
        var (loss, found) = Derivatives.Of(() => Loss(task.QueryX, task.QueryY), [.. Weights]);
        if (!double.IsFinite(loss))
            throw new JudgeException($"Maml: expected a finite loss after the steps. Received: {Numbers.Show(loss)}. "
                + "Take a smaller rate, or fewer steps, and look for numbers that are not finite among the rows.");
        var adjoint = Derivatives.OrZeros(found, Weights);
        Tensor[] byRates = [.. Rates.Select(r => tf.zeros(r.shape, r.dtype))];
        for (var t = steps - 1; t >= 0; t--)
        {
            Assign(path[t]);
            var here = new Curvature(problem, []);
            RefuseOther(losses[t], here.Loss);
            var gradient = Derivatives.Split(here.Gradient, Weights);
            byRates = [.. byRates.Zip(ByRates(adjoint, gradient), (sum, g) => sum + g)];
            if (firstOrder) continue;
            var product = Derivatives.Split(here.Hessian(Derivatives.Join(adjoint.Select((a, i) => Rate(i) * a))), Weights);
            adjoint = [.. adjoint.Zip(product, (a, h) => a - h)];
        }
        return (loss, [.. adjoint, .. byRates.Where((_, i) => Rates[i].trainable)]);
    }

    /// <summary>−a·∂L/∂w of one step, for each rate.</summary>
    IEnumerable<Tensor> ByRates(Tensor[] adjoint, Tensor[] gradient) => perWeight
        ? adjoint.Zip(gradient, (a, g) => -(a * g))
        : [-adjoint.Zip(gradient, (a, g) => tf.reduce_sum(a * g)).Aggregate((a, b) => a + b)];

    Tensor[] Moved(Tensor[] from, Tensor[] gradients) => [.. from.Select((w, i) => w - Rate(i) * gradients[i])];

    Tensor Rate(int i) => tf.stop_gradient(Rates[perWeight ? i : 0].value());

    TrainingProblem Problem(Batch x, Batch y) => new(() => Loss(x, y), Weights);

    Tensor Loss(Batch x, Batch y) => model.compute_loss(x, y, Rehearsal.Forward(model, x, training: false), null);

    Tensor[] Values() => [.. Weights.Select(w => tf.stop_gradient(w.read_value()))];

    void Assign(Tensor[] values)
    {
        for (var i = 0; i < values.Length; i++) Weights[i].assign(values[i]);
    }

    /// <summary>What a model holds besides its weights, such as moving averages, is as before afterwards.</summary>
    sealed class Beside(Model model, IReadOnlyList<Variable> weights) : IDisposable
    {
        readonly (Variable Variable, Tensor Value)[] all =
            [.. model.variables.Except(weights).Select(v => (v, tf.stop_gradient(v.read_value())))];

        public void Dispose()
        {
            foreach (var (variable, value) in all) variable.assign(value);
        }
    }

    sealed class Start(Maml maml, Tensor[] values) : IDisposable
    {
        public void Dispose() => maml.Assign(values);
    }
}
