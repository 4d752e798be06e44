namespace Workbook.Host.Export.Markdown;

/// <summary>What the parts of one page share: where the notebook lies, whether it is trusted, and what was met on the way.</summary>
/// <param name="folder">The folder of the notebook; null leaves relative pictures as links.</param>
/// <param name="isSanitized">Whether HTML and scripts of the notebook's own are kept off the page.</param>
sealed class PageState(string? folder = null, bool isSanitized = false)
{
    readonly HashSet<PageNote> said = [];

    readonly List<PageNote> notes = [];

    readonly HashSet<PageFeature> features = [];

    /// <summary>The folder of the notebook.</summary>
    public string? Folder => folder;

    /// <summary>Whether HTML and scripts of the notebook's own are kept off the page.</summary>
    public bool IsSanitized => isSanitized;

    /// <summary>What the browser may do with the page.</summary>
    public PagePolicy Policy { get; } = new();

    /// <summary>What the page does not show as the notebook asks.</summary>
    public IReadOnlyList<PageNote> Notes => notes;

    /// <summary>The features that the page has.</summary>
    public IReadOnlySet<PageFeature> Features => features;

    /// <summary>The ids of the folds that what is written now stands in, the outermost first.</summary>
    public Stack<string> Folds { get; } = [];

    /// <summary>Gives the page a feature.</summary>
    public void Use(PageFeature feature) => features.Add(feature);

    /// <summary>Adds a note, once.</summary>
    public void Note(string rule, PagePlace place, string message)
    {
        var note = new PageNote(rule, place, message);
        if (said.Add(note)) notes.Add(note);
    }
}
