namespace Workbook.Helpers;

/// <summary>On which side of its limit a quantity shall be.</summary>
enum BoundKind
{
    /// <summary>Not above.</summary>
    AtMost,

    /// <summary>Not below.</summary>
    AtLeast,

    /// <summary>On it.</summary>
    Equal,
}
