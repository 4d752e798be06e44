using System.Text.Json;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>Autoregressions of powers: Data/series.json, made by Data/make_series.R.</summary>
static class SeriesCases
{
    static readonly JsonElement[] cases = [.. JsonDocument.Parse(File.ReadAllText(
        Repository.File("tests/Workbook.Tests/Helpers/Techniques/Data/series.json"))).RootElement.GetProperty("cases").EnumerateArray()];

    public static JsonElement Of(string name) => cases.Single(c => c.GetProperty("name").GetString() == name);
}
