namespace Workbook.Helpers;

/// <summary>What becomes of a variable that somebody wants to be learned.</summary>
public enum Fate
{
    /// <summary>It finds the value at which its judge is content.</summary>
    Learned,

    /// <summary>It moves, to a border, for ever, or down another slope than that of its loss.</summary>
    Removed,

    /// <summary>The loss reads it, or seems to, and nothing moves it.</summary>
    Untrained,

    /// <summary>The value of a moment was taken, or it is not trainable and no rule writes it.</summary>
    Frozen,

    /// <summary>A step with it throws.</summary>
    Refused,
}
