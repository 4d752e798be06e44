namespace Workbook.Host.Export.Markdown;

/// <summary>What the parts of one page share: where the notebook lies, whether it is trusted, and what was met on the way.</summary>
/// <param name="folder">The folder of the notebook; null leaves relative pictures as links.</param>
/// <param name="isSanitized">Whether HTML and scripts of the notebook's own are kept off the page.</param>
/// <param name="terms">What pages explain at its first use; null for nothing.</param>
/// <param name="links">Where on the site a relative link leads; null for a page that stands alone.</param>
sealed class PageState(string? folder = null, bool isSanitized = false, IReadOnlyList<PageTerm>? terms = null,
    Func<string, LinkTarget?>? links = null)
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

    /// <summary>The anchors that the page has.</summary>
    public PageIds Ids { get; } = new();

    /// <summary>The terms that the page explains.</summary>
    public PageTerms Terms { get; } = new(terms ?? []);

    /// <summary>The prose so far.</summary>
    public PageSections Sections { get; } = new();

    /// <summary>Where a relative link leads; null when that is not known.</summary>
    public LinkTarget? LinkTo(string address) => links?.Invoke(address);

    /// <summary>Gives the page a feature.</summary>
    public void Use(PageFeature feature) => features.Add(feature);

    /// <summary>Adds a note, once.</summary>
    public void Note(string rule, PagePlace place, string message)
    {
        var note = new PageNote(rule, place, message);
        if (said.Add(note)) notes.Add(note);
    }
}
