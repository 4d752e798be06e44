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
    SessionMirror Mirror => field ??= new SessionMirror(session);

    /// <summary>Nobody waits longer for what can stand at a cursor. The first answers on a busy machine take two seconds.</summary>
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>The answer to a question.</summary>
    /// <exception cref="LanguageException">It takes too long.</exception>
    public async Task<Answer> AnswerAsync(Question question)
    {
        using var end = new CancellationTokenSource(Limit);
        try
        {
            // Where the compiler's services do not hear the token, the answer is not waited for.
            return await Task.Run(() => AnswerAsync(question, end.Token)).WaitAsync(Limit + TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            throw new LanguageException($"The compiler has not come to an end with this text within {Limit.TotalSeconds:0} s.");
        }
    }

    async Task<Answer> AnswerAsync(Question question, CancellationToken end)
    {
        switch (question)
        {
            case CompletionQuestion q: return await CompleteAsync(q.Code, q.Cursor, end);
            case InspectionQuestion q: return await InspectAsync(q.Code, q.Cursor, q.Detail, end);
            case WarmingQuestion:
                await WarmAsync();
                return new Warmed();
            default: throw new ArgumentOutOfRangeException(nameof(question));
        }
    }

    /// <summary>What can stand at the cursor.</summary>
    /// <remarks>Roslyn takes half a minute over code that nests a thousand deep, so that gets no answer.</remarks>
    public async Task<Completions> CompleteAsync(string code, int cursor, CancellationToken end = default) =>
        CodeDepth.Problem(code) is not null ? new Completions(cursor, cursor, [])
            : DirectiveFinder.Find(code, cursor, folder) ?? await CompletionFinder.FindAsync(Mirror.Next(code), cursor, end);

    /// <summary>What there is to say about the name or call at the cursor; more of it where the detail is above 0.</summary>
    public async Task<Inspection> InspectAsync(string code, int cursor, int detail, CancellationToken end = default) =>
        new(CodeDepth.Problem(code) is not null ? null : await Inspector.InspectAsync(Mirror.Next(code), cursor, detail > 0, end));

    /// <summary>
    /// Asks and forgets one of each kind of question: the first answers take a second or more, most of it the compilation of Roslyn's own
    /// code.
    /// </summary>
    async Task WarmAsync()
    {
        const string sample = "Console.WriteLine(\"\".Length);";
        foreach (var cursor in new[] { 0, sample.IndexOf('.') + 1, sample.IndexOf('(') + 1 }) await CompleteAsync(sample, cursor);
        await InspectAsync(sample, sample.IndexOf('(') + 1, 0);
        await InspectAsync(sample, sample.IndexOf("Length", StringComparison.Ordinal), 0);
    }
}
