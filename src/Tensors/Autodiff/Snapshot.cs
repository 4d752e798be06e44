namespace Workbook.Tensors.Autodiff;

/// <summary>
/// The value of a moment of a variable that a followed computation uses: nothing that is learned there reaches the variable.
/// </summary>
/// <remarks>
/// That may be meant: the fake pictures of a generator are constants where the critic learns, and the generator moves elsewhere. So a
/// variable is named once what it met has moved and it has not.
/// </remarks>
public sealed class Snapshot
{
    /// <summary>
    /// Weights are used as constants on purpose more often than numbers: a critic may take five steps for one of the generator.
    /// </summary>
    const int Patience = 8;

    /// <summary>After so many updates by it a number that no rule has moved is named, where no end of a fit will come.</summary>
    const int PatienceOfUpdates = 10;

    [ThreadStatic] static string? place;
    static readonly AsyncLocal<Noted?> open = new();

    readonly string where;
    readonly long writes, partnerWrites, questions = Questions;
    readonly WeakReference<Variable>? partner;
    bool told, update, ruled;
    int times;

    /// <summary>How often a tape was asked on this thread: what tells that something trains where no variable tells it.</summary>
    [ThreadStatic] internal static long Questions;

    /// <summary>What is noted until a fit or a step ends: the variables, and how often they had been written by then.</summary>
    sealed class Noted(bool isFit) : Dictionary<Variable, long>
    {
        public bool IsFit { get; set; } = isFit;

        /// <summary>How often any variable had been written when it began.</summary>
        public long Since { get; } = Variable.AllWrites;
    }

    Snapshot(Variable variable, Variable? partner, string where)
    {
        (this.where, writes) = (where, variable.Writes);
        if (partner is null) return;
        this.partner = new(partner);
        partnerWrites = partner.Writes;
    }

    /// <summary>What is being computed, for messages: a layer, a loss; null: somebody's own code.</summary>
    public static string? Place
    {
        get => place;
        set => place = value;
    }

    /// <summary>
    /// Finds out what is being computed where <see cref="Place"/> does not say so: asked when there is something to tell.
    /// </summary>
    public static Func<string?>? Where { get; set; }

    /// <summary>Looks at an input of an op whose result a tape follows, while it does not follow this input.</summary>
    /// <exception cref="TapeException">It was computed after the tape was opened, where the tape does not follow.</exception>
    internal static void See(string op, Tensor input, Tensor? other, TapeSet tapes)
    {
        if (input.Lineage is not { CouldTrain: true } lineage || TapeSet.InnermostRecording is not { } session || !tapes.Contains(session)
            || input.Tapes?.Contains(session) == true) return;
        if (lineage.Beside >= session.Number)
            throw Beside(op, input);
        var met = Array.FindAll(other?.Lineage?.Variables ?? [], v => v.trainable);
        var partner = Array.Find(met, v => Array.IndexOf(lineage.Variables, v) < 0);
        foreach (var v in input.NotFollowed())
        {
            // A number that trains moves with the weights beside it; of weights some may be left out on purpose.
            Note(v, partner ?? (v.IsWeight ? null : Array.Find(met, m => m != v)), place ?? Where?.Invoke() ?? $"the op '{op}'");
        }
    }

    /// <summary>A part of a followed computation was computed where the tape is not open.</summary>
    internal static TapeException Beside(string op, Tensor part) =>
        new($"{op}: expected that all parts of a followed computation are computed where its tape is open. "
            + $"Received: a tensor that another thread computed from the variable '{part.Lineage!.Variables[0].name}' while the tape was "
                + "open, "
        + "without the tape. "
            + "A tape follows tasks, Parallel.For and await, but not a thread that was started before it, such as one that takes its work "
                + "from a queue. Start the work inside the tape, or say that a constant is meant: tf.stop_gradient(tensor).");

    /// <summary>
    /// Remembers that the value of a moment is used, and speaks when it was remembered before and only the other side has moved since.
    /// </summary>
    internal static void Note(Variable variable, Variable? partner, string where) => Note(variable, partner, where, update: false);

    /// <summary>The same for a variable that a gradient or a number meets on its way into an update of another.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="partner">What moves while it trains; null: whatever a tape is asked for.</param>
    /// <param name="target">What is updated.</param>
    internal static void NoteUpdate(Variable variable, Variable? partner, Variable target)
    {
        NoteUpdate(variable, partner, $"an update of the variable '{target.name}'");
        // It may be the only one: from here on the target's own updates count.
        if (target.trainable && open.Value is not { IsFit: true } && variable.Snapshot is { update: true, ruled: false, told: false } known)
            target.Joined ??= new(variable, known, target.Writes);
    }

    /// <summary>A variable that once joined an update.</summary>
    internal sealed record Join(Variable Variable, Snapshot Known, long Writes)
    {
        /// <summary>Tells of it when it is time; false: it is no longer to be looked at.</summary>
        /// <param name="target">What was updated.</param>
        public bool IsOpen(Variable target)
        {
            if (Variable.Snapshot != Known || Variable.Writes != Known.writes || Known.told) return false;
            if (target.Writes - Writes < PatienceOfUpdates) return true;
            // Numbers are moved by numbers where nothing trains, too.
            if (!target.IsWeight && Questions - Known.questions < PatienceOfUpdates) return true;
            Known.Tell(Variable);
            return false;
        }
    }

    /// <summary>The same for any place that no gradient comes back from.</summary>
    internal static void NoteUpdate(Variable variable, Variable? partner, string where) => Note(variable, partner, where, update: true);

    /// <summary>Looks at what a metric gets outside of a training step: a number in it that trains nowhere is named, at the end of the fit
    /// that runs, or after ten updates of what is beside it.</summary>
    /// <param name="where">Who gets it, for the message.</param>
    /// <param name="value">What it gets.</param>
    public static void Logged(string where, Tensor value) => MixedUpdate.SeeLogged(where, value);

    static void Note(Variable variable, Variable? partner, string where, bool update)
    {
        if (LostGradients.Note(variable, where)) return;
        // A layer's weight that something has trained before: the model is used as it is now, by a head, a probe, a calibration.
        if (!update && variable is { IsMade: true, Writes: > 0 } && variable.Snapshot is not { update: false }) return;
        var noted = open.Value ??= new(isFit: false);
        var known = variable.Snapshot;
        if (known is null || known.writes != variable.Writes)
        {
            // Whatever has moved it between two updates by it will do so again, however seldom.
            var ruled = known is { ruled: true } || (known is { update: true } && update);
            variable.Snapshot = new(variable, partner, where) { update = update, ruled = ruled };
        }
        else if (known.told) return;
        else if (!(known.update && (known.ruled || noted.IsFit)) && known.IsDue(variable))
        {
            known.Tell(variable);
            return;
        }
        // A rate may be moved once for many updates: it is not named at the end of a single step, nor where this fit has moved it before.
        if (update && !(noted.IsFit && variable.LastWritten <= noted.Since)) return;
        lock (noted) noted.TryAdd(variable, variable.Writes);
    }

    bool IsDue(Variable variable)
    {
        times++;
        if (partner is null) return variable.Writes == 0 && times >= PatienceOfUpdates && Questions - questions >= PatienceOfUpdates;
        return partner.TryGetTarget(out var met)
            && met.Writes - partnerWrites >= (update ? PatienceOfUpdates : variable.IsWeight ? Patience : 1);
    }

    /// <summary>Looks at data for training: what was computed from a variable is a constant there.</summary>
    /// <param name="what">What the data are: "the inputs".</param>
    /// <param name="data">The data.</param>
    /// <param name="partner">A variable that training moves; weights are named when they have not moved and this one has.</param>
    public static void Data(string what, Tensor data, Variable? partner)
    {
        if (data.Lineage is not { CouldTrain: true }) return;
        var sources = data.TrainableSources();
        foreach (var v in sources)
            if (v.IsWeight) Note(v, partner, what);
        Say(what, Array.FindAll(sources, v => !v.IsWeight));
    }

    /// <summary>A fit begins: what was remembered before is not its matter, and what tasks inside it note is.</summary>
    /// <param name="isFit">Whether it is a fit, and not a step of its own.</param>
    public static void Begin(bool isFit = true) => open.Value = new(isFit);

    /// <summary>A fit, or a step of its own, ends: names what was used and has not moved since.</summary>
    /// <param name="weights">Whether weights are named too; after a single step they may move in the next, of another model.</param>
    public static void End(bool weights)
    {
        if (open.Value is not { } noted) return;
        foreach (var (v, writes) in noted)
            if (v.Snapshot is { } snapshot && writes == v.Writes && v.trainable && (weights || !v.IsWeight)) snapshot.Tell(v);
        if (!weights) return;
        noted.Clear();
        noted.IsFit = false;
    }

    /// <summary>Says once per place and variable that its value of a moment is used.</summary>
    public static void Say(string where, IReadOnlyCollection<Variable> variables)
    {
        if (variables.Count == 0) return;
        var names = string.Join(", ", variables.Select(v => $"'{v.name}'"));
        var beginnings = string.Concat(variables.SelectMany(v => v.Beginnings.Select(b =>
            $" '{v.name}' itself began with the value of the variable '{b.name}', which it does not follow.")));
        Warnings.Once($"kept:{where}:{names}",
            $"{where}: expected a variable, or a function of variables that is evaluated anew. "
                + $"Received: a tensor that was computed from the variable {names} and keeps its value of that moment, "
            + "so this place does not move the variable. "
                + "Pass the variable itself, or a function that computes the tensor inside, from the variable: t => t * tf.exp(v), "
                    + "Hyperparameter.Of(() => tf.exp(v)); a field that should train is a Variable, a Hyperparameter or a domain variable, "
            + "not a Tensor. tf.stop_gradient(tensor) says that the constant is meant." + beginnings, variables.First());
        foreach (var v in variables)
            if (v.Snapshot is { } snapshot) snapshot.told = true;
    }

    /// <summary>The same for numbers alone: features of another network are constants on purpose.</summary>
    public static void SayNumbers(string where, IEnumerable<Variable> variables) =>
        Say(where, [.. variables.Where(v => !v.IsWeight).Distinct()]);

    void Tell(Variable variable)
    {
        if (told) return;
        told = true;
        if (update && variable.IsNamedStill) return;
        if (update) SayUpdate(variable);
        else Say(where, [variable]);
    }

    void SayUpdate(Variable variable)
    {
        variable.IsNamedStill = true;
        Warnings.Once($"kept:{where}:{variable.name}",
            $"{where}: expected numbers, or variables that something moves. Received: one that the variable '{variable.name}' scales, "
                + $"clips or joins, and nothing has moved '{variable.name}' so far: no gradient comes back from an assignment or a metric. "
                + "Put it into the loss, differentiate through the update (a hypergradient), move it by a rule of its own, or make it with "
                + "trainable: false; tf.stop_gradient(tensor) says that a constant is meant.", variable);
    }
}
