using System.Globalization;
using System.Reflection;
using Markdig.Helpers;
using Workbook.Host.Documents;
using Workbook.Host.Export.Around;
using Workbook.Host.Export.Markdown;
using Workbook.Host.Files;

namespace Workbook.Host.Export;

/// <summary>What the pages of a book have in common, and how they lead to one another.</summary>
sealed class BookFrame
{
    /// <summary>The page that leads to the others.</summary>
    public const string IndexFile = "index.html";

    /// <summary>The glossary's page, from the folder of the index.</summary>
    public const string GlossaryAddress = "docs/glossary.html";

    readonly Dictionary<string, string> pageOf = new(StringComparer.Ordinal);

    readonly Dictionary<string, string> pageOfName = new(StringComparer.Ordinal);

    /// <summary>The frame of the notebooks of a folder.</summary>
    /// <param name="cover">The title of the book, and what stands on its index.</param>
    /// <param name="chapters">The names and titles of the notebooks' pages, in order.</param>
    /// <param name="folder">The folder of the notebooks.</param>
    /// <param name="repository">The repository as it is named; null leaves it to be found.</param>
    /// <exception cref="FormatException">What is named is no repository.</exception>
    public BookFrame(BookCover cover, IReadOnlyList<(string Name, string Title)> chapters, string? folder, string? repository = null)
    {
        (Cover, Chapters) = (cover, [.. chapters.Select(c => (c.Name, new PageLink($"{PageLink.AddressOf(c.Name)}.html", c.Title)))]);
        if (folder is null) return;
        Repository = GitHubRepository.Find(folder, repository);
        Docs = BookDocs.Find(folder);
        Glossary = Documents.Glossary.Find(folder) is { } file ? Documents.Glossary.Read(RegularFile.Text(file)).Terms : [];
        foreach (var doc in Docs) pageOf[doc.File] = doc.Address;
        foreach (var (name, page) in Chapters) pageOfName.TryAdd(Path.GetFileName(name), page.Address);
    }

    /// <summary>The title and the text of the index.</summary>
    public BookCover Cover { get; }

    /// <summary>The notebooks' pages, from the folder of the index.</summary>
    public IReadOnlyList<(string Name, PageLink Page)> Chapters { get; }

    /// <summary>The repository; null when none is known.</summary>
    public GitHubRepository? Repository { get; }

    /// <summary>The documentation.</summary>
    public IReadOnlyList<BookDoc> Docs { get; } = [];

    /// <summary>The terms that pages explain.</summary>
    public IReadOnlyList<GlossaryTerm> Glossary { get; } = [];

    /// <summary>Whether there is an index; a notebook that is called so takes its place.</summary>
    public bool HasIndex => !Chapters.Any(c => c.Name.Equals("index", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether HTML and scripts of the notebooks' own are kept off the pages.</summary>
    public bool IsSanitized { get; init; }

    /// <summary>The place of a term in the glossary.</summary>
    public static string AnchorOf(string term) => LinkHelper.UrilizeAsGfm(term);

    /// <summary>What a page of documentation is made with.</summary>
    public PageOptions OptionsOf(BookDoc doc) => Common(doc.Address, Path.GetDirectoryName(doc.File)!) with
    {
        Title = doc.Title,
        Terms = doc.Address == GlossaryAddress ? [] : Terms("../"),
    };

    /// <summary>What a notebook's page is made with.</summary>
    /// <param name="name">The notebook's name.</param>
    /// <param name="document">The notebook.</param>
    /// <param name="folder">Where relative pictures are looked for; null leaves them as links.</param>
    /// <param name="files">Files to take along.</param>
    /// <param name="source">The notebook's file; null when not known.</param>
    /// <param name="executed">When it was executed.</param>
    public PageOptions OptionsOf(string name, NotebookDocument document, string? folder,
        IReadOnlyList<(PageLink Link, string SavedAs)> files, string? source, DateTime executed)
    {
        var at = Chapters.ToList().FindIndex(c => c.Name == name);
        var up = PageLink.WayUp(name);
        PageLink? Neighbour(int i) => at >= 0 && i >= 0 && i < Chapters.Count ? From(up, Chapters[i].Page) : null;
        var title = at >= 0 ? Chapters[at].Page.Title : name;
        var address = source is null ? null : Repository?.AddressOf(source);
        return Common(name, folder) with
        {
            Title = title,
            Previous = Neighbour(at - 1),
            Next = Neighbour(at + 1),
            Terms = Terms(up),
            Foot = new PageFoot
            {
                Files = files,
                Places = Places(address),
                Docs = [.. Docs.Select(d => From(up, new PageLink(d.Address, d.Title)))],
                Made = Made(executed),
                Citation = PageCitation.Of(document, name, title, HasIndex ? Cover.Title : null, executed, address ?? Repository?.Address),
            },
        };
    }

    /// <summary>The links to the repository; none where none is known.</summary>
    /// <param name="address">The address of what the page is made of; null for none.</param>
    public IReadOnlyList<PageLink> Places(string? address) => Repository is not { } repository ? []
        : [.. address is null ? [] : new[] { new PageLink(address, "On GitHub") }, new(repository.CodespaceAddress, "Open in Codespaces")];

    /// <summary>Where a link of the cover leads.</summary>
    /// <param name="folder">The folder of the cover.</param>
    /// <param name="link">The link.</param>
    public LinkTarget? LinkFrom(string folder, string link) => LinkTo("", folder, link);

    PageOptions Common(string name, string? folder)
    {
        var up = PageLink.WayUp(name);
        return new PageOptions
        {
            Folder = folder,
            IsSanitized = IsSanitized,
            Home = HasIndex ? new PageLink(up + IndexFile, Cover.Title) : null,
            Root = up,
            HasSearch = HasIndex,
            Links = folder is null ? null : link => LinkTo(up, folder, link),
        };
    }

    /// <summary>
    /// A notebook's or a document's file becomes its page, another file that is there its place in the repository. What is not there, or
    /// cannot be known, stays what it is.
    /// </summary>
    LinkTarget? LinkTo(string up, string folder, string link)
    {
        var path = Path.GetFullPath(Uri.UnescapeDataString(link), folder);
        if (pageOf.TryGetValue(path, out var page)) return new(up + page);
        if (NotebookFile.IsNotebook(path) && pageOfName.TryGetValue(Path.GetFileNameWithoutExtension(path), out var chapter))
            return new(up + chapter);
        return Path.Exists(path) && Docs.Count > 0 ? new(Repository?.AddressOf(path)) : null;
    }

    IReadOnlyList<PageTerm> Terms(string up)
    {
        var hasPage = Docs.Any(d => d.Address == GlossaryAddress);
        return [.. Glossary.Select(t => new PageTerm(t.Name, t.Forms, PlainText.OfMarkdown(t.Meaning),
            hasPage ? $"{up}{GlossaryAddress}#{AnchorOf(t.Name)}" : null))];
    }

    static PageLink From(string up, PageLink link) => link with { Address = up + link.Address };

    static string Made(DateTime executed)
    {
        var version = typeof(BookFrame).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return $"Executed on {executed.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} with workbook {version?.Split('+')[0]} "
            + $"on .NET {Environment.Version}; figures by plotly.js {Assets.PlotlyVersion}.";
    }
}
