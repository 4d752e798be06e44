namespace Workbook.Helpers;

/// <summary>Who judges a variable; each judge has one colour in all charts.</summary>
public enum Judge
{
    /// <summary>The training loss: grey.</summary>
    Train,

    /// <summary>Other data, such as a validation set: blue.</summary>
    Validation,

    /// <summary>A likelihood that charges for the variable, such as the evidence: orange.</summary>
    Evidence,

    /// <summary>A constraint or a declared budget: green.</summary>
    Budget,
}
