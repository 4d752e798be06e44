namespace Workbook.Host.Export.Markdown;

/// <summary>What a page does not show as the notebook asks.</summary>
/// <param name="Rule">What it is about, in one word: picture, formula, link, output, cell.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Message">What it is, and what the page shows instead.</param>
sealed record PageNote(string Rule, PagePlace Place, string Message)
{
    public override string ToString() => $"{Place}: {Message}";
}
