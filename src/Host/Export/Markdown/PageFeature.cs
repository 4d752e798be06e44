namespace Workbook.Host.Export.Markdown;

/// <summary>What a page may have that needs a style or a script of its own. A page carries only those of what it has.</summary>
enum PageFeature
{
    /// <summary>Code that can be copied.</summary>
    Code,

    /// <summary>Questions with folds behind them.</summary>
    Predictions,

    /// <summary>Figures.</summary>
    Figures,

    /// <summary>Figures with states.</summary>
    Sliders,

    /// <summary>Terms with an explanation.</summary>
    Terms,

    /// <summary>A search over the book.</summary>
    Search,
}
