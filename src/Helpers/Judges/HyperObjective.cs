using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>
/// Which loss moves which variables: a judge, the learned variables that it judges, and the way it finds their gradients.
/// </summary>
/// <remarks>
/// <see cref="TrainingObjective"/>: the training loss, best with the term that charges for the variables. <see cref="UnrolledObjective"/>:
/// a validation loss
/// after some steps of training, one step being T1–T2. <see cref="ImplicitObjective"/>: a validation loss at the optimum of training.
/// A constraint moves its price by itself: <see cref="Multiplier"/>. All losses are functions of variables, so any model will do.
/// </remarks>
public abstract class HyperObjective
{
    readonly Variable[] variables;
    bool moves;
    int steps;
    Tensor[]? left;

    /// <summary>For a judge of your own: override <see cref="Evaluate"/>.</summary>
    /// <param name="judge">What kind of judge it is: its colour in charts.</param>
    /// <param name="variables">The learned variables that it moves.</param>
    /// <param name="weights">What it trains to look ahead, and puts back; none where it has no inner problem.</param>
    /// <exception cref="ArgumentException">No variable, or one that stands twice.</exception>
    protected HyperObjective(Judge judge, IEnumerable<Variable> variables, IEnumerable<Variable> weights)
    {
        (Judge, this.variables, Weights) = (judge, [.. variables], [.. weights]);
        if (this.variables.Length == 0)
            throw new ArgumentException($"{GetType().Name}: expected at least one learned variable. Received: none.");
        if (this.variables.Concat(Weights).GroupBy(v => v).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException(
                $"{GetType().Name}: expected that each variable has one owner. "
                    + $"Received: '{twice.Key.name}' twice, among the learned variables and the weights. "
                        + "What the judge moves, the training loss must not.");
    }

    /// <summary>What kind of judge it is: its colour in charts.</summary>
    public Judge Judge { get; }

    /// <summary>The learned variables.</summary>
    public IReadOnlyList<Variable> Variables => variables;

    /// <summary>What the training loss moves; none where the judge has no inner problem.</summary>
    public IReadOnlyList<Variable> Weights { get; }

    /// <summary>The loss of the judge and its gradients, at the current values.</summary>
    /// <exception cref="JudgeException">The judge cannot give a gradient; the message says what is missing.</exception>
    public abstract Hypergradient Evaluate();

    /// <summary>Moves the variables once.</summary>
    /// <param name="optimizer">An optimizer for these variables alone.</param>
    /// <returns>Loss and gradients before the update.</returns>
    /// <exception cref="JudgeException">The judge cannot give a gradient, or another judge has taken over one of the variables.</exception>
    public Hypergradient Step(Optimizer optimizer)
    {
        Claim();
        NoticeOthers();
        using var reads = new VariableReads();
        var judged = Evaluate();
        NoticeUnlisted(reads.Variables);
        for (var i = 0; i < variables.Length; i++)
        {
            var said = Judged.Of(variables[i])!;
            (said.Gradient, said.Loss) = (judged.Gradients[i], judged.Loss);
        }
        // Optimizers leave alone what a fit must not move; this one is meant.
        var trainable = Array.ConvertAll(variables, v => v.trainable);
        foreach (var v in variables) v.trainable = true;
        try
        {
            optimizer.apply_gradients(judged.Gradients.Zip(variables, (g, v) => ((Tensor?)g, v)));
        }
        finally
        {
            for (var i = 0; i < variables.Length; i++) variables[i].trainable = trainable[i];
        }
        left = Array.ConvertAll(variables, v => v.read_value());
        return judged;
    }

    /// <summary>A callback for <c>model.fit</c>: the fit trains the weights, this judge alone moves the variables.</summary>
    /// <remarks>
    /// During the fit the variables are not trainable. A judge that trains weights looks ahead from those of the fit and puts them back.
    /// </remarks>
    /// <param name="optimizer">An optimizer for these variables alone.</param>
    /// <param name="every">After how many steps of the fit the judge speaks.</param>
    public Callback ToCallback(Optimizer optimizer, int every = 1) => new JudgeCallback(this, optimizer, every);

    /// <summary>
    /// The gradients, none of which is missing or not finite: a variable that no loss reads would stand still without a word.
    /// </summary>
    /// <param name="gradients">As a tape gives them, in the order of <see cref="Variables"/>.</param>
    /// <exception cref="JudgeException">Some variable is read by no loss, or has a gradient that is not finite.</exception>
    protected Tensor[] Read(Tensor?[] gradients)
    {
        var unread = Named(i => gradients[i] is null);
        if (unread.Length > 0)
            throw new JudgeException(
                $"{GetType().Name}: expected losses that depend on each learned variable. Received: no loss reads {unread}. "
                + "Compute the loss inside the function, from the variable itself and not from a copy of its value, or leave the variable "
                    + "out.");
        var lost = Named(i => !Derivatives.AreFinite(gradients[i]!));
        return lost.Length == 0 ? [.. gradients.OfType<Tensor>()] : throw Derivatives.NotFinite(GetType().Name, $"the gradients of {lost}");
    }

    string Named(Func<int, bool> which) => string.Join(", ", variables.Where((_, i) => which(i)).Select(v => $"'{v.name}'"));

    /// <summary>Says once that something else moves a variable too: it is trainable, and it is not where the judge left it.</summary>
    void NoticeOthers()
    {
        for (var i = 0; i < left?.Length; i++)
            if (variables[i].trainable && !(bool)tf.reduce_all(tf.equal(left[i], variables[i].read_value())))
                Warnings.Once($"moved:{variables[i].name}",
                    $"{GetType().Name}: the variable '{variables[i].name}' has moved between two steps of its judge. "
                        + "If a fit or another optimizer moves it, two losses pull at it: "
                    + "make it with trainable: false, which stops the fit and not the judge, or use ToCallback. "
                        + "If you assigned it, all is well.");
    }

    /// <summary>Whether a fit moves what is not in the lists of this judge, in its own time.</summary>
    internal bool IsBesideFit { get; set; }

    /// <summary>Says of numbers that its losses read, that it does not move, and that nothing else has moved either.</summary>
    void NoticeUnlisted(IReadOnlyList<Variable> read)
    {
        // Another judge may take its turn first, or a fit that gathers gradients.
        if (++steps < (IsBesideFit ? 10 : 2)) return;
        var unlisted = read.Where(v => v is { trainable: true, MadeByLayer: false, Written: 0, shape.Rank: < 2 } && v.dtype.IsFloating()
            && !variables.Contains(v) && !Weights.Contains(v) && Judged.Of(v) is null).ToList();
        foreach (var v in unlisted)
            Warnings.Once($"unlisted:{v.name}",
                $"{GetType().Name}: expected that what its losses read is among the learned variables or the weights, or stands still as "
                    + $"it was told to. Received: the variable '{v.name}', which is in neither list and which nothing has moved so far. "
                    + "Add it to the learned variables, or make it with trainable: false.", v);
    }

    /// <summary>A variable belongs to the judge that began last; one that began earlier must not go on.</summary>
    void Claim()
    {
        foreach (var v in variables)
            if (!moves) Judged.By(Judge, this, v);
            else if (Judged.Of(v)!.Mover is var mover && mover != this)
                throw new JudgeException(
                    $"{GetType().Name}: expected to be the only judge that moves '{v.name}'. "
                        + $"Received: a step of {mover.GetType().Name} in between. "
                            + "Give each judge variables of its own, or use Evaluate to compare judges.");
        moves = true;
    }
}
