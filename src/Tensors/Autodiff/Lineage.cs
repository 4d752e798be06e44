namespace Workbook.Tensors.Autodiff;

/// <summary>The variables that a tensor was computed from: what tells that it keeps the value of a moment. A few of many; shared between tensors.</summary>
/// <param name="variables">The variables, each once.</param>
/// <param name="beside">How many tapes had been opened when one was read where no tape follows, while a tape was open elsewhere; 0: none was.</param>
sealed class Lineage(Variable[] variables, long beside = 0)
{
    /// <summary>More are not remembered: a message names a few, and a prediction depends on all weights.</summary>
    const int Most = 8;

    public Variable[] Variables => variables;

    public long Beside => beside;

    /// <summary>What comes from both.</summary>
    public static Lineage? Of(Lineage? a, Lineage? b)
    {
        if (b is null || ReferenceEquals(a, b)) return a;
        if (a is null) return b;
        var more = 0;
        foreach (var v in b.Variables)
            if (Array.IndexOf(a.Variables, v) < 0) more++;
        var latest = Math.Max(a.Beside, b.Beside);
        if (latest == a.Beside && (more == 0 || a.Variables.Length >= Most)) return a;
        return new([.. a.Variables.Union(b.Variables).Take(Most)], latest);
    }

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
