using System.Composition.Hosting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using Workbook.Host.Directives;
using Workbook.Host.Sessions;

namespace Workbook.Host.Language;

/// <summary>
/// The cells of a session as Roslyn's editor services want them: one project a submission, each on top of the last. Their references are
/// the session's own, so that no assembly is read twice.
/// </summary>
/// <param name="session">The session.</param>
sealed class SessionMirror(CSharpSession session)
{
    static readonly CSharpParseOptions Dialect = DirectiveReader.Dialect.WithDocumentationMode(DocumentationMode.Parse);

    readonly Dictionary<CSharpCompilation, ProjectId> cells = new(ReferenceEqualityComparer.Instance);

    CSharpCompilation? surroundings;

    Document? next;

    Solution solution = new AdhocWorkspace(Services()).CurrentSolution;

    /// <summary>The text as the next cell, after all cells that have compiled by now.</summary>
    /// <param name="code">The text; directives may stand in it.</param>
    public async Task<Document> NextAsync(string code)
    {
        var now = session.Surroundings;
        if (next is null || !IsSame(now, surroundings!))
        {
            surroundings = now;
            var below = Mirror(now.ScriptCompilationInfo!.PreviousScriptCompilation);
            next = Add(solution, now, below, SourceText.From(""), out var id).GetProject(id)!.Documents.Single();
        }

        // The document goes on from the last question's, of which Roslyn keeps what it had bound.
        next = next.WithText(SourceText.From(DirectiveReader.Read(code).Source));
        ReferenceBinding.Of((await next.Project.GetCompilationAsync())!);
        return next;
    }

    static bool IsSame(CSharpCompilation one, CSharpCompilation other) =>
        one.ScriptCompilationInfo!.PreviousScriptCompilation == other.ScriptCompilationInfo!.PreviousScriptCompilation
            && one.ExternalReferences.SequenceEqual(other.ExternalReferences);

    /// <summary>
    /// Roslyn's services without those that offer types whose namespace is not imported: to insert such a name is not enough.
    /// </summary>
    /// <remarks>
    /// Of 3,800 items in the middle of a call they made 3,200, none of which a front end could use, and half of the time.
    /// </remarks>
    static MefHostServices Services() => MefHostServices.Create(new ContainerConfiguration()
        .WithParts(
            MefHostServices.DefaultAssemblies.SelectMany(a => a.GetTypes())
                .Where(t => !t.Name.EndsWith("ImportCompletionProvider", StringComparison.Ordinal)))
        .CreateContainer());

    ProjectId? Mirror(CSharpCompilation? last)
    {
        var missing = new Stack<CSharpCompilation>();
        ProjectId? below = null;
        for (var cell = last; cell is not null
            && !cells.TryGetValue(cell, out below); cell = cell.ScriptCompilationInfo!.PreviousScriptCompilation) missing.Push(cell);
        foreach (var cell in missing)
        {
            solution = Add(solution, cell, below, cell.SyntaxTrees.Single().GetText(), out var id);
            cells.Add(cell, below = id);
        }

        if (missing.Count > 0) Forget(last!);
        return below;
    }

    /// <summary>Gives up the cells that others have taken the place of.</summary>
    void Forget(CSharpCompilation last)
    {
        var kept = new HashSet<CSharpCompilation>(ReferenceEqualityComparer.Instance);
        for (var cell = last; cell is not null; cell = cell.ScriptCompilationInfo!.PreviousScriptCompilation) kept.Add(cell);
        foreach (var gone in cells.Keys.Where(c => !kept.Contains(c)).ToList())
        {
            solution = solution.RemoveProject(cells[gone]);
            cells.Remove(gone);
        }
    }

    static Solution Add(Solution solution, CSharpCompilation cell, ProjectId? below, SourceText text, out ProjectId id)
    {
        id = ProjectId.CreateNewId();
        var info = ProjectInfo.Create(
            id, VersionStamp.Default, cell.AssemblyName!, cell.AssemblyName!, LanguageNames.CSharp, compilationOptions: cell.Options,
                parseOptions: Dialect,
            projectReferences: below is null ? [] : [new ProjectReference(below)],
                metadataReferences: cell.ExternalReferences,
            isSubmission: true, hostObjectType: typeof(object));
        return solution.AddProject(info).AddDocument(DocumentId.CreateNewId(id), "cell", text);
    }
}
