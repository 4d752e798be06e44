namespace Workbook.Helpers;

/// <summary>The colours that tell apart what is compared in a chart, in the order in which they are given out.</summary>
/// <remarks>
/// Chosen with a contrast of at least 4.5 : 1 on white, and so that no two come close with the common forms of colour blindness. Who judges
/// a variable is no colour but a badge: see <see cref="Judge"/>.
/// </remarks>
public enum Hue
{
    /// <summary>The first.</summary>
    Blue,

    /// <summary>The second.</summary>
    Orange,

    /// <summary>The third.</summary>
    Green,

    /// <summary>The fourth.</summary>
    Pink,

    /// <summary>The fifth.</summary>
    Violet,

    /// <summary>Never given out by itself: for what only stands behind the rest.</summary>
    Grey,
}
