namespace Workbook.Keras;

/// <summary>What the boxes of a picture say.</summary>
readonly record struct PictureDetails(bool ShowsShapes, bool ShowsType, bool ShowsNames, bool ExpandsNested, bool ShowsActivation,
    bool ShowsTrainable);
