namespace Workbook.Helpers;

/// <summary>What a check rests on.</summary>
public enum CheckKind
{
    /// <summary>
    /// A value that is known elsewhere: the check names its source, and its tolerance is at most a tenth of the reference, or none.
    /// </summary>
    GroundTruth,

    /// <summary>What the notebook says of its own numbers: a bound, a statement, a size, a value without a source.</summary>
    Claim,
}
