namespace Workbook.Helpers;

/// <summary>How sure a finding of the <see cref="Doctor"/> is.</summary>
public enum Certainty
{
    /// <summary>Worth knowing; nothing is wrong.</summary>
    Note,

    /// <summary>Seen on one batch, or inferred: it may have a reason.</summary>
    Suspicion,

    /// <summary>It cannot be otherwise for this model and batch.</summary>
    Proof,
}
