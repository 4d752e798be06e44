namespace Workbook.Helpers;

/// <summary>How many digits a variable is kept with.</summary>
public enum NumberFormat
{
    /// <summary>As its dtype says.</summary>
    OfDType,

    /// <summary>8 significant bits, as float32 has exponents.</summary>
    BFloat16,

    /// <summary>11 significant bits.</summary>
    Float16,
}
