namespace Workbook.Helpers;

/// <summary>Who judges a variable; each judge has one badge in all charts.</summary>
public enum Judge
{
    /// <summary>The training loss: ●.</summary>
    Train,

    /// <summary>Other data, such as a validation set: ■.</summary>
    Validation,

    /// <summary>A likelihood that charges for the variable, such as the evidence: ◆.</summary>
    Evidence,

    /// <summary>A constraint or a declared budget: ▲.</summary>
    Budget,
}
