namespace Workbook.Host.Documents;

/// <summary>
/// The option comments with which a code cell may begin, one per line: <c>//| tags: parameters</c>, <c>//| alt: …</c>.
/// To every other host they are comments.
/// </summary>
static class CellOptions
{
    const string Prefix = "//|";

    /// <summary>
    /// The options of a cell in order, with the 0-based line on which each stands. A line without a colon has an empty value.
    /// </summary>
    public static IEnumerable<(string Key, string Value, int Line)> Read(string source)
    {
        var line = 0;
        foreach (var text in source.Split('\n'))
        {
            if (!text.StartsWith(Prefix, StringComparison.Ordinal)) yield break;
            var option = text[Prefix.Length..];
            var colon = option.IndexOf(':');
            yield return colon < 0 ? (option.Trim(), "", line) : (option[..colon].Trim(), option[(colon + 1)..].Trim(), line);
            line++;
        }
    }

    /// <summary>The value of an option; null when the cell does not give it.</summary>
    public static string? Value(string source, string key) => Read(source).FirstOrDefault(o => o.Key == key).Value;

    /// <summary>The code without its option comments and without the empty lines around it.</summary>
    public static string Strip(string source) => string.Join('\n', source.Split('\n').Skip(Read(source).Count())).Trim('\n');

    /// <summary>The tags that the options of a cell name, in order.</summary>
    public static List<string> Tags(string source) =>
        [.. Read(source).Where(o => o.Key == "tags")
            .SelectMany(o => o.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>
    /// The source with one more line in front that names the tags which its options do not name yet, as far as a comment can hold them.
    /// </summary>
    public static string WithTags(string source, IEnumerable<string> tags)
    {
        // Metadata may name a tag without the argument that the comment gives it.
        var own = Tags(source).SelectMany(t => new[] { t, Name(t) }).ToHashSet();
        var missing = tags.Where(t => !own.Contains(t) && CanHold(t)).Distinct().ToList();
        return missing.Count == 0 ? source : $"{Prefix} tags: {string.Join(", ", missing)}\n{source}";
    }

    /// <summary>
    /// Whether a comment can hold a tag: the compiler ends a comment at more characters than one, and what stands behind it would be code.
    /// </summary>
    public static bool CanHold(string tag) =>
        tag.Length > 0 && tag == tag.Trim() && !tag.Any(c => c == ',' || char.IsControl(c) || c is '\u2028' or '\u2029');

    /// <summary>Whether a line with <c>//|</c> is a comment in this language; elsewhere it would be code, or text to read.</summary>
    public static bool AreComments(string language) => language is "csharp" or "fsharp" or "javascript";

    /// <summary>The tag without its argument: <c>raises-exception InvalidOperationException</c> is a <c>raises-exception</c>.</summary>
    public static string Name(string tag) => tag.Split(' ', 2)[0];

    /// <summary>What stands after a tag's name, or null when the cell does not bear the tag; empty when it stands alone.</summary>
    public static string? Argument(IEnumerable<string> tags, string name) =>
        tags.FirstOrDefault(t => Name(t) == name) is { } tag ? tag[name.Length..].Trim() : null;
}
