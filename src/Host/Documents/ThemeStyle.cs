using System.Text.Json.Nodes;

namespace Workbook.Host.Documents;

/// <summary>Outputs that the kernel adds for a front end's theme. They are nothing that a cell has put out, so a notebook is read without
/// them.</summary>
static class ThemeStyle
{
    const string Mark = "workbook", Name = "theme";

    /// <summary>The metadata by which such an output is known.</summary>
    public static JsonObject Metadata => new() { [Mark] = Name };

    /// <summary>Whether an output is one of them.</summary>
    public static bool Is(CellOutput output) =>
        output is DisplayOutput { Data.Metadata: var metadata } && Languages.Text(metadata[Mark]) == Name;
}
