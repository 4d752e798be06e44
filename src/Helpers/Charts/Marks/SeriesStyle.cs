namespace Workbook.Helpers;

/// <summary>How a series is drawn.</summary>
enum SeriesStyle
{
    /// <summary>A line through the points.</summary>
    Line,

    /// <summary>A line with arrowless markers at its points.</summary>
    Path,

    /// <summary>Filled markers.</summary>
    Points,

    /// <summary>Hollow markers, for points of another kind than the filled ones.</summary>
    Hollow,

    /// <summary>Large hollow markers, for references that lie over filled ones.</summary>
    Rings,

    /// <summary>Steps with a light filling down to zero.</summary>
    Steps,
}
