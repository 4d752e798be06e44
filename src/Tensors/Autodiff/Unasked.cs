namespace Workbook.Tensors.Autodiff;

/// <summary>A number that a loss depends on, while a loop asks for the gradients of others only, or lets its gradient lie: nothing moves
/// it.</summary>
/// <remarks>
/// One question tells nothing: one loop may move it after another. So it is named once what was asked for has moved ten times and it has
/// never moved. In the step of a model its owners are looked at instead.
/// </remarks>
/// <param name="partner">What was asked for.</param>
/// <param name="asked">Whether its own gradient was asked for too.</param>
sealed class Unasked(Variable partner, bool asked)
{
    /// <summary>Until then a rule may come that moves it.</summary>
    const int Patience = 10;

    const string Unused = "whose gradient is asked for and not used", Unread = "whose gradient is not asked for";

    readonly WeakReference<Variable> partner = new(partner);
    readonly long partnerWrites = partner.Writes;
    bool seen;

    /// <summary>An op that no gradient comes back from, and that a number went into.</summary>
    /// <param name="In">The tape under which that was.</param>
    /// <param name="Op">The op.</param>
    internal sealed record LossOfWay(GradientTape.Session In, string Op);

    /// <summary>A number goes into an op that no gradient comes back from.</summary>
    /// <param name="op">The op's name.</param>
    /// <param name="input">A followed tensor.</param>
    public static void Lost(string op, Tensor input)
    {
        // Here somebody says himself that a constant is meant; and labels are how a model teaches.
        if (op is "stop_gradient" or "straight_through" or "a cast to a number" or "argmax" or "argmin") return;
        foreach (var v in input.Lineage?.Variables ?? [])
            if (v is { Writes: 0, IsNamedStill: false, IsNumber: true } && TapeSet.InnermostRecording is { } session)
                v.Lost = new(session, op);
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
        still.RemoveAll(v => PartnerOf(v, sources) is null || (v.Lost?.In != session && !IsBehind(v, nodes, session)));
        List<Variable> named = [];
        foreach (var v in still)
        {
            v.Unasked ??= new(PartnerOf(v, sources)!, Array.IndexOf(sources, v) >= 0);
            if (v.Unasked.IsDue) named.Add(v);
        }
        foreach (var group in named.GroupBy(v => v.Lost?.In == session && !IsBehind(v, nodes, session)
            ? $"that only an op without a gradient has read ({v.Lost.Op})" : v.Unasked!.Asked ? Unused : Unread))
            Say([.. group], group.Key, sources);
    }

    /// <summary>Somebody looks at the elements of a gradient: it is asked for to be seen.</summary>
    public static void LookedAt(Tensor gradient)
    {
        foreach (var v in gradient.Lineage?.Behind ?? [])
            if (v.Unasked is { } known) known.seen = true;
    }

    bool Asked => asked;

    bool IsDue => !(asked && seen) && partner.TryGetTarget(out var moved) && moved.Writes - partnerWrites >= Patience;

    /// <summary>A variable that the answer may move; none where the number has the shape of one, as an anchor or an average has.</summary>
    static Variable? PartnerOf(Variable number, Operand[] sources)
    {
        Variable? partner = null;
        foreach (var source in sources)
        {
            if (source is not Variable { trainable: true } other || other == number) continue;
            if (number.shape.Rank > 0 && other.shape == number.shape) return null;
            partner ??= other;
        }
        return partner;
    }

    /// <summary>Whether the target depends on it, and no other tape may be asked.</summary>
    static bool IsBehind(Variable number, List<Node> nodes, GradientTape.Session session)
    {
        foreach (var node in nodes)
            for (var k = 0; k < node.Count; k++)
            {
                if (node.Input(k) is { Node: null, Tapes: { } tapes } leaf && leaf.Source == number && tapes.Contains(session))
                    return !tapes.MayAnswerBeside(session);
            }
        return false;
    }

    static void Say(Variable[] numbers, string how, Operand[] sources)
    {
        foreach (var v in numbers) v.IsNamedStill = true;
        var names = string.Join(", ", numbers.Select(v => $"'{v.name}'"));
        var others = sources.OfType<Variable>().Except(numbers).Select(v => $"'{v.name}'").Distinct().ToList();
        var moved = string.Join(", ", others.Take(3)) + (others.Count > 3 ? $" and {others.Count - 3} more" : "");
        Warnings.Say("A loop of its own: expected that whatever the loss depends on is moved, or stands still as it was told to. "
            + $"Received: the variable {names}, {how}, and that nothing has moved so far, while {moved} moved {Patience} times. "
            + (how == Unused ? "Give its gradient to the optimizer too. "
                : how == Unread ? "Ask for its gradient too, and give it to the optimizer. "
                : "Compute with it in a way that has a slope. ")
            + "Where it is meant to stand still there: make it with trainable: false, or watch only what is trained, "
            + "tf.GradientTape(watch_accessed_variables: false) and tape.watch(weights).");
    }
}
