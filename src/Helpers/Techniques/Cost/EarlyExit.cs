using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Classifiers of rising cost, one behind the other: a row leaves at the first that is sure enough of it. How sure that is, is
/// learned, for as many multiplications a row as you state.</summary>
/// <remarks>
/// A row leaves stage k if log(p/(1 − p)) of its likeliest class is above θₖ; the last stage takes what is left. While thresholds are
/// learned it leaves with the probability sigmoid((log(p/(1 − p)) − θₖ)/softness) instead, so that the mean of −log p(y) and the mean cost
/// have a gradient by θ. The price of a multiplication is that of a <see cref="Multiplier"/>: at rest the mean cost is the budget, or the
/// price is 0 and there is room. Each stage should be calibrated first (<see cref="Temperature"/>).
/// <c>var exits = new EarlyExit([small, large]); exits.Fit(xv, yv, operations: 2000); exits.predict(x).Probabilities</c>.
/// Judge: other data under a constraint. Source: Teerapittayanon, McDanel, Kung 2016 (BranchyNet).
/// </remarks>
public sealed class EarlyExit
{
    readonly double softness;
    readonly long[] costs;

    /// <summary>Stages that a row goes through until one of them is sure.</summary>
    /// <param name="stages">Classifiers, the cheapest first: each gives probabilities, (batch, classes) or (batch, 1).</param>
    /// <param name="operations">What each stage costs by itself, in multiplications for a row; default:
    /// <see cref="Operations.Of(Model)"/>. State it where stages share layers, or where you pay in milliseconds.</param>
    /// <param name="softness">How wide the edge of a threshold is while it is learned, above 0, in units of log(p/(1 − p)); default
    /// 0.25.</param>
    /// <exception cref="ArgumentException">Fewer than two stages; one without a classifier at its end; a dear one first; not a cost
    /// above 0 for each.</exception>
    public EarlyExit(IReadOnlyList<Model> stages, IReadOnlyList<long>? operations = null, double softness = 0.25)
    {
        if (stages.Count < 2)
            throw new ArgumentException($"EarlyExit: expected at least two stages. Received: {stages.Count}. A single one has no exit "
                + "before its end.", nameof(stages));
        foreach (var stage in stages) Exiting.Refuse(stage);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(softness);
        ArgumentOutOfRangeException.ThrowIfEqual(softness, double.PositiveInfinity);
        var stated = operations is not null;
        operations ??= [.. stages.Select(Workbook.Helpers.Operations.Of)];
        if (operations.Count != stages.Count || operations.Any(c => c <= 0))
            throw new ArgumentException($"EarlyExit: expected a cost above 0 for each of {stages.Count} stages. Received: "
                + $"{string.Join(", ", operations)}.", nameof(operations));
        if (!stated && operations.Zip(operations.Skip(1)).Any(c => c.Second < c.First))
            throw new ArgumentException($"EarlyExit: expected the cheapest stage first. Received: {string.Join(", ", operations)} "
                + "multiplications. Turn them round, or state what each costs by itself (operations), where stages share layers.",
                nameof(stages));
        (Stages, this.softness) = (stages, softness);
        // Whoever comes to a stage has paid for those before it.
        costs = [.. operations.Select((_, i) => operations.Take(i + 1).Sum())];
        var first = tf.fill(stages.Count - 1, tf.constant(Math.Log(9), tf.float64));
        Thresholds = tf.Variable(first, trainable: false, name: "exit_thresholds");
    }

    /// <summary>The stages.</summary>
    public IReadOnlyList<Model> Stages { get; }

    /// <summary>What a row has cost that leaves at each stage.</summary>
    public IReadOnlyList<long> Operations => costs;

    /// <summary>θ of each stage but the last, in log(p/(1 − p)); at first all log 9, which is p = 0.9.</summary>
    public Variable Thresholds { get; }

    /// <summary>The probability from which on a row leaves each stage but the last.</summary>
    public IReadOnlyList<double> Probabilities => tf.sigmoid(Thresholds).ToArray<double>();

    /// <summary>What a multiplication more for each row would take from the loss; 0 before Fit, and where there is room.</summary>
    public double Price { get; private set; }

    /// <summary>Learns the thresholds.</summary>
    /// <param name="x">Inputs that trained no stage.</param>
    /// <param name="y">Their classes, as whole numbers or as rows of zeros with a one.</param>
    /// <param name="operations">How many multiplications a row may take on average.</param>
    /// <returns>The mean of −log p(y) and the mean cost, with the soft edges with which they were learned.</returns>
    /// <exception cref="ArgumentException">The budget does not pay for the first stage; labels outside of the classes.</exception>
    public (double Loss, double Operations) Fit(Tensor x, Tensor y, double operations) => Learn(Exiting.Of(Stages, x, y), operations);

    /// <summary>What leaves where.</summary>
    /// <param name="x">Inputs.</param>
    public Exits predict(Tensor x) => Exiting.Of(Stages, x, null).Leave(Thresholds.value().ToArray<double>(), costs);

    (double Loss, double Operations) Learn(Exiting rows, double budget)
    {
        if (!(budget > costs[0]))
            throw new ArgumentException($"EarlyExit.Fit: expected a budget above {costs[0]} multiplications, which each row takes before "
                + $"it may leave. Received: {Numbers.Show(budget)}. Put a cheaper stage first, or allow more.", nameof(budget));
        var price = new Multiplier(rate: 1, dtype: tf.float64);
        // Small steps: beyond all rows a threshold hears nothing, and would not come back.
        var momentum = keras.optimizers.SGD(2, momentum: 0.8, clipnorm: 0.02);
        var theta = tf.Variable(Thresholds.value(), name: "thresholds");
        // In budgets, so that one rate suits all.
        Tensor Excess() => rows.Cost(theta.value(), costs, softness) / budget - 1.0;
        for (var round = 0; round < 60; round++)
        {
            for (var i = 0; i < 40; i++)
            {
                momentum.minimize(() => rows.Loss(theta.value(), softness) + price.Augmented(Excess()), [theta]);
                theta.assign(tf.clip_by_value(theta, rows.Least - 8 * softness, rows.Most + 8 * softness));
            }
            price.Ascend(Excess());
        }
        Thresholds.assign(theta);
        Price = (double)price.Value / budget;
        return ((double)rows.Loss(theta.value(), softness), (double)rows.Cost(theta.value(), costs, softness));
    }
}
