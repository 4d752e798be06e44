using System.Text.RegularExpressions;

namespace Workbook.Host.Export.Markdown;

/// <summary>
/// Pictures that stand in the text itself, taken out while the text is read: a megabyte of letters is no Markdown, and a reader of Markdown
/// takes long over it.
/// </summary>
sealed partial class LongData
{
    readonly string mark = $"WB{Guid.NewGuid():N}";

    readonly List<string> payloads = [];

    LongData(string markdown) => Text = Payload().Replace(markdown, data =>
    {
        payloads.Add(data.Value);
        return $"{mark}x{payloads.Count - 1:D8}";
    });

    /// <summary>The text with a short word in the place of each picture.</summary>
    public string Text { get; }

    /// <summary>Takes the pictures out of a text.</summary>
    public static LongData Of(string markdown) => new(markdown);

    /// <summary>Puts the pictures back.</summary>
    public string Restore(string html) =>
        payloads.Count == 0 ? html : Regex.Replace(html, $"{mark}x([0-9]{{8}})", word => payloads[int.Parse(word.Groups[1].Value)]);

    [GeneratedRegex("(?<=data:image/[A-Za-z0-9.+-]{1,40};base64,)[A-Za-z0-9+/=]{200,}")]
    private static partial Regex Payload();
}
