using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>
/// A requirement instead of a weight: a quantity that shall be at most, at least or equal to a limit while a model trains. Its price is
/// learned, and recorded together with the violation.
/// </summary>
/// <remarks>
/// In a fit it is one of the callbacks: <c>model.fit(x, y, callbacks: [Bound.AtMost("mse", 0.03)])</c>. Each step adds λ·g to the loss,
/// with g = quantity − limit (limit − quantity for AtLeast); after the step the price λ of a <see cref="Multiplier"/> follows g as it was
/// before the step. Several bounds are several callbacks. In a loop of your own: <see cref="Charge()"/> in the loss and <see cref="Move"/>
/// after the step.
/// At rest either the bound is met and −λ is what the optimum of the loss gains for each unit by which the limit is relaxed (the shadow
/// price), or there is room and the price is 0.
/// The history of the fit has NAME_quantity and NAME_price: the mean over the epoch, and the price at its end.
/// Said once in a fit: a bound that cannot be met (the price has doubled again and again, and the violation stays), one that is not met at
/// the end, and one whose quantity never has the sign of its limit. Refused: a quantity that is no finite scalar, or that no variable
/// moves.
/// Judge: a constraint. Sources: Platt and Barr 1987; Rezende and Viola 2018.
/// </remarks>
public sealed partial class Bound : Callback
{
    /// <summary>At the end of a fit a bound counts as met within this part of its scale.</summary>
    const double Slack = 0.02;

    const double DefaultRate = 0.01;

    readonly Func<Tensor>? ofVariables;
    readonly Func<Tensor, Tensor, Tensor>? ofOutput;
    readonly int output;
    readonly BoundKind kind;
    Impasse impasse;
    Multiplier price;
    Recorder record;
    Tensor? charged;
    double sum;
    int steps, inEpoch;
    bool everBroken, everOfSign, notTurned;

    Bound(BoundKind kind, Func<Tensor>? ofVariables, Func<Tensor, Tensor, Tensor>? ofOutput, double limit, int output, string name)
    {
        if (!double.IsFinite(limit))
            throw new ArgumentException($"Bound '{name}': expected a limit that is a finite number. Received: {Numbers.Show(limit)}. "
                + "Leave the bound out where there is no limit.", nameof(limit));
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        (this.kind, this.ofVariables, this.ofOutput, Limit, this.output, Name) = (kind, ofVariables, ofOutput, limit, output, name);
        impasse = new();
        Priced(out price, out record);
    }

    /// <summary>Its name in the history, in messages and in records.</summary>
    public string Name { get; }

    /// <summary>The limit, in the unit of the quantity.</summary>
    public double Limit { get; }

    /// <summary>The price λ now: loss per unit of the quantity, at least 0; of either sign for Equal.</summary>
    public double Price => (double)price.Value;

    /// <summary>The multiplier that holds the price.</summary>
    public Multiplier Multiplier => price;

    /// <summary>What was recorded after each step: "NAME price", "quantity" and "violation" (g), the last two as they were before it.
    /// </summary>
    public Recorder Record => record;

    /// <summary>The quantity in the last step, before its update; NaN before the first.</summary>
    public double Quantity { get; private set; } = double.NaN;

    /// <summary>g in the last step: above 0 where the bound was broken.</summary>
    public double Violation => kind == BoundKind.AtLeast ? Limit - Quantity : Quantity - Limit;

    /// <summary>How the price moves, where the defaults will not do. Call it before the first step.</summary>
    /// <param name="rate">How fast the price follows; default 0.01: while a bound is broken once over, one whole limit costs 0.01 more of
    /// the loss after each step. For a geometric price the factor of a step is exp(rate · violation).</param>
    /// <param name="clip">The largest violation that counts, in units of the scale; default 1. Infinity: no limit, and a long violation
    /// winds
    /// the price up.</param>
    /// <param name="initial">The first price; default 0, and 1 / scale for a geometric price.</param>
    /// <param name="geometric">Whether the price is multiplied instead of added to: GECO. Not for Equal.</param>
    /// <param name="scale">What counts as a violation of 1, in the unit of the quantity; default |limit|, and 1 for a limit of 0.</param>
    /// <param name="doublings">After how many doublings of a price that helps nothing the bound is said to be one that cannot be
    /// met.</param>
    /// <param name="capacity">The largest number of steps that the record keeps.</param>
    /// <returns>This bound.</returns>
    /// <exception cref="InvalidOperationException">The price has moved already.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number outside of its range.</exception>
    public Bound Priced(Hyperparameter? rate = null, Hyperparameter? clip = null, Hyperparameter? initial = null, bool geometric = false,
        double? scale = null, int doublings = 10, int capacity = 4096)
    {
        if (steps > 0)
            throw new InvalidOperationException($"{This}: expected Priced before the first step. Received: it after {steps}. "
                + "Make a new bound.");
        impasse = new(doublings);
        Priced(out price, out record, rate, clip, initial, geometric, scale, capacity);
        return this;
    }

    void Priced(out Multiplier price, out Recorder record, Hyperparameter? rate = null, Hyperparameter? clip = null,
        Hyperparameter? initial = null, bool geometric = false, double? scale = null, int capacity = 4096)
    {
        price = new(initial, rate ?? DefaultRate, clip ?? 1, $"{Name} price", keras.config.floatx(), geometric, kind == BoundKind.Equal,
            scale ?? (Limit == 0 ? 1 : Math.Abs(Limit)));
        record = new([price.Value], Judge.Budget, capacity);
    }

    /// <summary>The term λ·g for the loss, in a loop of your own, of a quantity that is a function of variables.</summary>
    /// <exception cref="InvalidOperationException">The quantity is one of an output.</exception>
    /// <exception cref="JudgeException">The quantity is no finite scalar, or no variable moves it.</exception>
    public Tensor Charge() => ofVariables is { } quantity ? Charge(quantity())
        : throw new InvalidOperationException($"{This}: expected a quantity that is a function of variables. Received: one of an output. "
            + "Compute it and pass it: Charge(quantity).");

    /// <summary>The term λ·g for the loss, in a loop of your own.</summary>
    /// <param name="quantity">The quantity now, a scalar, under the tape. No gradient reaches λ.</param>
    /// <exception cref="JudgeException">The quantity is no finite scalar, or no variable moves it.</exception>
    public Tensor Charge(Tensor quantity)
    {
        var scalar = Sound(quantity);
        charged = tf.stop_gradient(scalar);
        return tf.cast(tf.stop_gradient(price.Value), scalar.dtype) * Excess(scalar);
    }

    /// <summary>After the step: moves the price by the violation that <see cref="Charge()"/> saw, and records.</summary>
    /// <exception cref="InvalidOperationException">There was no Charge since the last Move.</exception>
    public void Move()
    {
        var seen = charged ?? throw new InvalidOperationException($"{This}: expected Charge in the loss of each step before Move. "
            + $"Received: none{(steps > 0 ? $" since step {steps}" : "")}. A train_step of the model's own does not ask its callbacks: "
                + "write loss += bound.Charge(quantity) there.");
        charged = null;
        Quantity = (double)seen;
        price.Ascend(Excess(seen));
        record.Record(++steps, losses: [("quantity", Quantity), ("violation", Violation)]);
        (sum, inEpoch) = (sum + Quantity, inEpoch + 1);
        everBroken |= Broken(Quantity) > 0;
        everOfSign |= Limit == 0 || Quantity * Limit > 0;
        notTurned |= Quantity * Limit >= 0;
        if (impasse.After(Broken(Quantity), Math.Abs(Price), steps, Quantity))
            Warnings.Say($"{This}: expected a quantity {Wanted}. Received: {Numbers.Show(impasse.Nearest, 4)} at best, in step "
                + $"{impasse.NearestStep}, while the price has doubled {impasse.Doublings} times, to {Numbers.Show(Price, 4)}. Paying more "
                    + "helps no longer, and the price grows without end. Ask for less, give the model more room, or lower its rate"
                    + (everOfSign ? "." : "; and see whether the limit has the sign that was meant: the quantity never had it."));
    }

    /// <inheritdoc/>
    public override Tensor? Term(IReadOnlyList<Tensor?> y_true, IReadOnlyList<Tensor> y_pred)
    {
        if (ofVariables is { } quantity) return Charge(quantity());
        if (output >= y_pred.Count)
            throw new ModelException($"{This}: expected an output from 0 to {y_pred.Count - 1}. Received: output {output}.");
        return Charge(ofOutput!(y_true[output]!, y_pred[output]));
    }

    /// <inheritdoc/>
    public override void on_epoch_begin(int epoch, Dictionary<string, double> logs) => (sum, inEpoch) = (0, 0);

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Dictionary<string, double> logs) => Move();

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Dictionary<string, double> logs)
    {
        if (!logs.TryAdd($"{Name}_quantity", sum / inEpoch) | !logs.TryAdd($"{Name}_price", Price))
            throw new ArgumentException($"{This}: expected a name of its own among the callbacks. Received: '{Name}' twice. "
                + "Give each bound a name: Bound.AtMost(quantity, limit, name: \"…\").");
    }

    /// <inheritdoc/>
    public override void on_train_end(Dictionary<string, double> logs)
    {
        if (inEpoch == 0) return;
        var mean = sum / inEpoch;
        if (!impasse.Said && Broken(mean) > Slack)
            Warnings.Say($"{This}: expected a quantity {Wanted} at the end of the fit. Received: {Numbers.Show(mean, 4)}, the mean of "
                + $"the last epoch, at a price of {Numbers.Show(Price, 4)}. "
                    + "Train longer, or raise the rate of the price: Priced(rate: …).");
        if (!everBroken && !notTurned)
            Warnings.Say($"{This}: expected a quantity of the sign of its limit {Numbers.Show(Limit)}. Received: the other sign in all "
                + $"{steps} steps, so that the bound was never broken and has asked for nothing. See whether a sign is turned.");
    }

    string This => $"Bound '{Name}'";

    string Wanted => $"{kind switch { BoundKind.AtMost => "of at most", BoundKind.AtLeast => "of at least", _ => "equal to" }} "
        + Numbers.Show(Limit);

    /// <summary>How much of its scale a quantity is on the wrong side.</summary>
    double Broken(double quantity) => (kind switch
    {
        BoundKind.AtMost => quantity - Limit,
        BoundKind.AtLeast => Limit - quantity,
        _ => Math.Abs(quantity - Limit),
    }) / price.Scale;

    Tensor Excess(Tensor quantity) => kind == BoundKind.AtLeast ? Limit - quantity : quantity - Limit;

    Tensor Sound(Tensor quantity)
    {
        if (quantity.size != 1)
            throw new JudgeException($"{This}: expected a quantity that is one number. Received: shape {quantity.shape}. "
                + "Take its mean, its sum or its largest value.");
        var scalar = tf.reshape(quantity, Shape.Scalar);
        if (!double.IsFinite((double)scalar))
            throw new JudgeException($"{This}: expected a quantity that is a finite number. Received: {Numbers.Show((double)scalar)} in "
                + $"step {steps + 1}. "
                + (steps > 0 ? $"It was {Numbers.Show(Quantity)} before: a smaller rate may keep it finite."
                    : "See what it is computed from."));
        var sources = scalar.Sources;
        if (sources.Length == 0 || (Recording.IsOn && sources.Except(scalar.Kept).FirstOrDefault() is null))
            throw new JudgeException($"{This}: expected a quantity that a variable moves. Received: {Numbers.Show((double)scalar)}, which "
                + (sources.Length == 0 ? "depends on no variable that trains"
                    : $"keeps a value of '{sources[0].name}' and does not lead back to it")
                + ", so that no price would change it. Compute it from predictions or from the variable itself; argmax, comparisons and "
                    + "rounding lead back to nothing.");
        return scalar;
    }
}
