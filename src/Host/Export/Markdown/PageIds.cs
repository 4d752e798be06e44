namespace Workbook.Host.Export.Markdown;

/// <summary>
/// Anchors, each once on its page. Equal headings are counted, not compared with one another, so that thousands of them take no
/// time.
/// </summary>
sealed class PageIds
{
    readonly HashSet<string> taken = ["content"];

    readonly Dictionary<string, int> next = [];

    /// <summary>The anchor for something whose words give this one; a number is put behind it where it is taken.</summary>
    public string Next(string stem)
    {
        if (stem.Length == 0) stem = "section";
        if (taken.Add(stem)) return stem;
        var n = next.GetValueOrDefault(stem, 2);
        while (!taken.Add($"{stem}-{n}")) n++;
        next[stem] = n + 1;
        return $"{stem}-{n}";
    }
}
