namespace Workbook.Tensors.Autodiff;

/// <summary>A number that a loss depends on, while a loop asks for the gradients of others only, or lets its gradient lie: nothing moves
/// it.</summary>
/// <remarks>
/// One question tells nothing: one loop may move it after another. So it is named once what was asked for has moved ten times and it has
/// never moved. In the step of a model its owners are looked at instead.
/// </remarks>
/// <param name="partner">What was asked for; null: tensors that gradients move.</param>
/// <param name="asked">Whether its own gradient was asked for too.</param>
/// <param name="beside">The number of another open tape that may be asked of it; null: there is none.</param>
sealed class Unasked(Variable? partner, bool asked, long? beside)
{
    /// <summary>Until then a rule may come that moves it.</summary>
    const int Patience = 10;

    /// <summary>A variable that a step makes and forgets is another one each time: so many of one name are no chance.</summary>
    const int Made = 3;

    const string Unused = "whose gradient is asked for and not used", Unread = "whose gradient is not asked for",
        Anew = "which is made anew in each step";

    /// <summary>By name, the numbers that were made and read under one tape and not asked for: beside what, from which of its writings on,
    /// and how many.</summary>
    [ThreadStatic] static Dictionary<string, (WeakReference<Variable> Beside, long Writes, int Count)>? made;

    readonly WeakReference<Variable>? partner = partner is null ? null : new(partner);
    readonly long partnerWrites = partner?.Writes ?? 0;
    bool seen;
    int times;
    WeakReference<GradientTape.Session>? counted;

    /// <summary>An op that no gradient comes back from, and that a number went into.</summary>
    /// <param name="In">The number of the tape under which that was.</param>
    /// <param name="Op">The op.</param>
    internal sealed record LossOfWay(long In, string Op);

    /// <summary>A number goes into an op that no gradient comes back from.</summary>
    /// <param name="op">The op's name.</param>
    /// <param name="input">A followed tensor.</param>
    public static void Lost(string op, Tensor input)
    {
        // Here somebody says himself that a constant is meant; and labels are how a model teaches.
        if (op is "stop_gradient" or "straight_through" or "a cast to a number" or "argmax" or "argmin") return;
        foreach (var v in input.Lineage?.Variables ?? [])
            if (v is { Writes: 0, IsNamedStill: false, IsNumber: true } && TapeSet.InnermostRecording is { } session)
                v.Lost = new(session.Number, op);
    }

    /// <summary>Looks at the numbers behind a target, when gradients are asked for.</summary>
    /// <param name="session">The tape that is asked.</param>
    /// <param name="nodes">What it has recorded behind the target.</param>
    /// <param name="sources">Whose gradients are asked for.</param>
    public static void See(GradientTape.Session session, List<Node> nodes, Operand[] sources)
    {
        List<Variable>? still = null;
        for (var i = 0; i < session.Watched.Count; i++)
        {
            // What was written once, by whomever, has somebody who moves it.
            if (session.Watched[i] is { Writes: 0, IsNamedStill: false, IsNumber: true } v) (still ??= []).Add(v);
        }
        if (still is null || VariableReads.InStep) return;
        List<(Variable Number, string How)> due = [];
        foreach (var v in still)
        {
            var lost = v.Lost?.In == session.Number ? v.Lost.Op : null;
            if (!Moves(v, sources, out var partner) || !(IsBehind(v, nodes, session, out var beside) || lost is not null)) continue;
            // An outer tape may be asked later. Not through ten assignments of what moves: such a one was left open.
            if (beside is not null && (partner is null || v.Unasked is { Beside: null })) continue;
            var isAsked = Array.IndexOf(sources, v) >= 0;
            if (v.Unasked is null || v.Unasked.Beside != beside) v.Unasked = new(partner, isAsked, beside);
            if (v.BornUnder == session.Number && !isAsked && partner is not null && IsMadeAnew(v.name, partner)) due.Add((v, Anew));
            else if (v.Unasked.IsDue(session))
                due.Add((v, v.Unasked.Asked ? Unused : lost is null ? Unread : $"that an op without a gradient has read ({lost})"));
        }
        foreach (var group in due.GroupBy(d => d.How)) Say([.. group.Select(d => d.Number)], group.Key, sources);
    }

    static bool IsMadeAnew(string name, Variable beside)
    {
        made ??= [];
        var known = made.GetValueOrDefault(name);
        if (known.Beside?.TryGetTarget(out var same) != true || same != beside) known = (new(beside), beside.Writes, 0);
        made[name] = known with { Count = known.Count + 1 };
        return known.Count + 1 >= Made && beside.Writes > known.Writes + 1;
    }

    /// <summary>Somebody looks at the elements of a gradient: it is asked for to be seen.</summary>
    public static void LookedAt(Tensor gradient)
    {
        foreach (var v in gradient.Lineage?.Behind ?? [])
            if (v.Unasked is { } known) known.seen = true;
    }

    bool Asked => asked;

    long? Beside => beside;

    bool IsDue(GradientTape.Session session)
    {
        if (asked && seen) return false;
        if (partner is not null) return partner.TryGetTarget(out var moved) && moved.Writes - partnerWrites >= Patience;
        // A Jacobian asks many times of one tape.
        if (counted?.TryGetTarget(out var last) == true && last == session) return false;
        counted = new(session);
        return times++ >= Patience;
    }

    /// <summary>Whether the answer may move something beside the number, and not something of its shape: that has anchors and
    /// averages.</summary>
    static bool Moves(Variable number, Operand[] sources, out Variable? partner)
    {
        partner = null;
        var moves = false;
        foreach (var source in sources)
        {
            if (source == number) continue;
            if (number.shape.Rank > 0 && source.shape == number.shape) return false;
            // A tensor counts where gradients have made it, or where it was a variable.
            var behind = source is Tensor t ? t.Lineage : null;
            var other = source as Variable ?? Array.Find(behind?.Variables ?? [], v => v != number);
            if (other is { trainable: false } || (other is null && behind?.Behind is null)) continue;
            partner ??= other;
            moves = true;
        }
        return moves;
    }

    /// <summary>Whether the target depends on it, and which other tape may be asked.</summary>
    static bool IsBehind(Variable number, List<Node> nodes, GradientTape.Session session, out long? beside)
    {
        beside = null;
        foreach (var node in nodes)
            for (var k = 0; k < node.Count; k++)
            {
                if (node.Input(k) is { Node: null, Tapes: { } tapes } leaf && leaf.Source == number && tapes.Contains(session))
                {
                    beside = tapes.Beside(session)?.Number;
                    return true;
                }
            }
        return false;
    }

    static void Say(Variable[] numbers, string how, Operand[] sources)
    {
        foreach (var v in numbers) v.IsNamedStill = true;
        var names = string.Join(", ", numbers.Select(v => $"'{v.name}'"));
        var began = string.Concat(numbers.SelectMany(v => v.Beginnings.Select(b =>
            $" '{v.name}' itself began with the value of the variable '{b.name}', which it does not follow.")));
        var others = sources.OfType<Variable>().Except(numbers).Select(v => $"'{v.name}'").Distinct().ToList();
        var moved = others.Count == 0 ? "what is asked for"
            : string.Join(", ", others.Take(3)) + (others.Count > 3 ? $" and {others.Count - 3} more" : "");
        // What is made anew is another variable each time.
        Warnings.Once($"unasked:{how}:{names}", "A loop of its own: expected that whatever the loss depends on is moved, or stands still as it was told to. "
            + $"Received: the variable {names}, {how}, and that nothing has moved so far, while {moved} moved. "
            + (how == Unused ? "Give its gradient to the optimizer too. "
                : how == Unread ? "Ask for its gradient too, and give it to the optimizer. "
                : how == Anew ? "Make it once, before the loop, and ask for its gradient too. "
                : "Compute with it in a way that has a slope. ")
            + "Where it is meant to stand still there: make it with trainable: false, or watch only what is trained, "
            + "tf.GradientTape(watch_accessed_variables: false) and tape.watch(weights)." + began,
            how == Anew ? sources[0] : numbers[0]);
    }
}
