namespace Workbook.Helpers;

/// <summary>One thing that the <see cref="Doctor"/> has to say of a variable.</summary>
/// <param name="Check">Which check says it: "D3".</param>
/// <param name="Variable">The name of the variable; "" where it is about the whole examination.</param>
/// <param name="Certainty">Whether it is a proof, a suspicion, or only worth knowing.</param>
/// <param name="Leads">What becomes of the variable if it is so; null: it says nothing of that.</param>
/// <param name="Cause">What was seen, and why, with numbers.</param>
/// <param name="Remedy">What to do; empty for a note that asks for nothing.</param>
/// <param name="Link">Where in the repository's <c>docs/</c> more is said.</param>
public sealed record Finding(string Check, string Variable, Certainty Certainty, Fate? Leads, string Cause, string Remedy, string Link)
{
    /// <summary>In one paragraph.</summary>
    public override string ToString() => $"{Check}, {Certainty.ToString().ToLowerInvariant()}: {Cause}{(Remedy.Length > 0 ? " " + Remedy : "")} ({Link})";
}
