namespace Workbook.Keras;

/// <summary>A model in words, for those who do not see its picture.</summary>
static class PictureWords
{
    /// <summary>x (InputLayer); dense (Dense) from x; …</summary>
    public static string Of(Model model, bool isExpanded)
    {
        var shown = ShownModel.Of(model);
        var parts = shown.Parts.Select(p =>
        {
            var sources = p.From.Select(f => f.Part.Name).Distinct().ToList();
            var from = model is Sequential || sources.Count == 0 ? "" : $" from {string.Join(" and ", sources)}";
            var inside = isExpanded && p.Layer is Model nested ? $" [{Of(nested, true)}]" : "";
            return $"{p.Name} ({p.ClassName}){from}{inside}";
        });
        return $"Model '{model.name}'{(model is Sequential ? ", one after another" : "")}: {string.Join("; ", parts)}.";
    }
}
