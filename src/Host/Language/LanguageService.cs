using Workbook.Host.Directives;
using Workbook.Host.Sessions;

namespace Workbook.Host.Language;

/// <summary>
/// Answers questions about a text that is being typed, in the light of all cells of a session that have compiled, one question at a time.
/// A cell may run meanwhile; what it declares is known already.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="folder">The notebook's folder, from which the paths of directives are found.</param>
/// <remarks>
/// Roslyn's editor services answer, and not a search of our own, because they know what fits where: argument names, keywords, members of
/// the type that is wanted. They are loaded by the first question only; a run without a front end pays nothing for them.
/// Measured with this workbook's library, compiled ahead and warm, on a busy machine: 40 ms of processor time a question in the median,
/// 120 ms at most, and 85 MB of memory.
/// </remarks>
sealed class LanguageService(CSharpSession session, string folder)
{
    readonly Patience patience = new(most: 2);

    SessionMirror? mirror;

    SessionMirror Mirror => mirror ??= new SessionMirror(session);

    /// <summary>The answer to a question.</summary>
    /// <exception cref="LanguageException">It takes too long, or earlier ones that took too long are still worked on.</exception>
    public async Task<Answer> AnswerAsync(Question question)
    {
        try
        {
            return await patience.WaitAsync(end => AnswerAsync(question, end));
        }
        catch (LanguageException)
        {
            // What goes on in the background keeps what it works with to itself.
            mirror = null;
            throw;
        }
    }

    async Task<Answer> AnswerAsync(Question question, CancellationToken end)
    {
        switch (question)
        {
            case CompletionQuestion q: return await CompleteAsync(q.Code, q.Cursor, end);
            case InspectionQuestion q: return await InspectAsync(q.Code, q.Cursor, q.Detail, end);
            case WarmingQuestion q: return new Warmed(await WarmAsync(q.Step));
            default: throw new ArgumentOutOfRangeException(nameof(question));
        }
    }

    /// <summary>What can stand at the cursor.</summary>
    /// <remarks>Roslyn takes half a minute over code that nests a thousand deep, so that gets no answer.</remarks>
    public async Task<Completions> CompleteAsync(string code, int cursor, CancellationToken end = default) =>
        CodeDepth.Problem(code) is not null ? new Completions(cursor, cursor, [])
            : DirectiveFinder.Find(code, cursor, folder)
                ?? await CompletionFinder.FindAsync(await Mirror.NextAsync(code), cursor, end);

    /// <summary>What there is to say about the name or call at the cursor; more of it where the detail is above 0.</summary>
    public async Task<Inspection> InspectAsync(string code, int cursor, int detail, CancellationToken end = default) =>
        new(CodeDepth.Problem(code) is not null ? null
            : await Inspector.InspectAsync(await Mirror.NextAsync(code), cursor, detail > 0, end));

    /// <summary>
    /// Asks and forgets one of a few questions of each kind: the first answers take a second or more, most of it the compilation of
    /// Roslyn's own code. One at a time, so that whoever asks meanwhile waits for one and not for all.
    /// </summary>
    /// <returns>Whether there is a further one.</returns>
    async Task<bool> WarmAsync(int step)
    {
        const string sample = "Console.WriteLine(\"\".Length);";
        switch (step)
        {
            case 0: await CompleteAsync(sample, sample.IndexOf('.') + 1); break;
            case 1: await InspectAsync(sample, sample.IndexOf("Length", StringComparison.Ordinal), 0); break;
            case 2: await CompleteAsync(sample, 0); break;
            case 3: await InspectAsync(sample, sample.IndexOf('(') + 1, 0); break;
            default: await CompleteAsync(sample, sample.IndexOf('(') + 1); break;
        }

        return step < 4;
    }
}
