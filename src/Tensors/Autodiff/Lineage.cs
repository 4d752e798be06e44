namespace Workbook.Tensors.Autodiff;

/// <summary>
/// The variables that a tensor was computed from: what tells that it keeps the value of a moment. A few of many; shared between tensors.
/// </summary>
/// <param name="variables">The variables, each once.</param>
/// <param name="beside">How many tapes had been opened when one was read where no tape follows, while a tape was open elsewhere; 0: none
/// was.</param>
/// <param name="behind">The variables behind the gradients in it, and those that they are gradients of; null: no gradient is in it.</param>
/// <param name="scaling">The variables that were, each alone, one factor of a product with something that has an origin too.</param>
sealed class Lineage(Variable[] variables, long beside = 0, Variable[]? behind = null, Variable[]? scaling = null)
{
    /// <summary>More are not remembered: a message names a few, and a prediction depends on all weights. Numbers that somebody brought in
    /// find room beside them.</summary>
    const int Most = 64, MostWeights = 8;

    /// <summary>What was asked for last: a model joins the same variables in every prediction.</summary>
    Joint? last, lastProduct;

    sealed record Joint(Lineage With, Lineage Both);

    public Variable[] Variables => variables;

    public long Beside => beside;

    public Variable[]? Behind => behind;

    public Variable[]? Scaling => scaling;

    /// <summary>What comes from both.</summary>
    public static Lineage? Of(Lineage? a, Lineage? b)
    {
        if (b is null || ReferenceEquals(a, b)) return a;
        if (a is null) return b;
        // Nobody asks where a gradient came from, and a backward pass joins much.
        if (Backends.Pool.IsOpen) return a;
        if (a.last is { } known && ReferenceEquals(known.With, b)) return known.Both;
        var both = a.With(b);
        a.last = new(b, both);
        return both;
    }

    /// <summary>What comes from two factors.</summary>
    public static Lineage? Product(Lineage? a, Lineage? b)
    {
        if (a is null || b is null || ReferenceEquals(a, b) || Backends.Pool.IsOpen) return Of(a, b);
        if (a.lastProduct is { } known && ReferenceEquals(known.With, b)) return known.Both;
        var both = a.With(b);
        Variable[] factors = [.. a.Alone, .. b.Alone];
        if (factors.Length > 0) both = new(both.Variables, both.Beside, both.Behind, [.. (both.Scaling ?? []).Union(factors)]);
        a.lastProduct = new(b, both);
        return both;
    }

    Variable[] Alone => variables.Length == 1 && behind is null ? variables : [];

    Lineage With(Lineage other)
    {
        var latest = Math.Max(Beside, other.Beside);
        Span<int> more = stackalloc int[Most];
        var (count, weights) = (0, 0);
        foreach (var v in variables)
            if (v.IsWeight) weights++;
        for (var i = 0; i < other.Variables.Length && Variables.Length + count < Most; i++)
        {
            var isWeight = other.Variables[i].IsWeight;
            if ((isWeight && weights == MostWeights) || Array.IndexOf(variables, other.Variables[i]) >= 0) continue;
            more[count++] = i;
            if (isWeight) weights++;
        }
        var gradients = behind is null ? other.Behind
            : other.Behind is null || ReferenceEquals(behind, other.Behind) ? behind : [.. behind.Union(other.Behind)];
        var factors = scaling is null ? other.Scaling
            : other.Scaling is null || ReferenceEquals(scaling, other.Scaling) ? scaling : [.. scaling.Union(other.Scaling)];
        if (count == 0 && latest == Beside && ReferenceEquals(gradients, behind) && ReferenceEquals(factors, scaling)) return this;
        var all = new Variable[variables.Length + count];
        variables.CopyTo(all, 0);
        for (var i = 0; i < count; i++) all[variables.Length + i] = other.Variables[more[i]];
        return new(all, latest, gradients, factors);
    }

    /// <summary>One that names a variable: where a tape follows, the rest is known from its nodes.</summary>
    public static Lineage? Either(Lineage? a, Lineage? b) => a is { Variables.Length: > 0 } ? a : b ?? a;

    /// <summary>What comes from all.</summary>
    public static Lineage? Of(Tensor[] tensors)
    {
        Lineage? all = null;
        foreach (var t in tensors) all = Of(all, t.Lineage);
        return all;
    }

    /// <summary>Whether a variable among them could train.</summary>
    public bool CouldTrain => Array.Exists(variables, v => v.trainable);
}
