using Workbook.Host.Sessions;

namespace Workbook.Host.Language;

/// <summary>Answers questions about a text that is being typed, in the light of all cells that a session has run.</summary>
/// <param name="session">The session.</param>
internal sealed class LanguageService(CSharpSession session)
{
    /// <summary>The answer to a question. Any thread may ask, also while a cell runs; what that cell declares is known already.</summary>
    public async Task<Answer> AnswerAsync(Question question) => question switch
    {
        CompletionQuestion q => await CompleteAsync(q.Code, q.Cursor).ConfigureAwait(false),
        InspectionQuestion q => await InspectAsync(q.Code, q.Cursor, q.Detail).ConfigureAwait(false),
        CompletenessQuestion q => CompletenessCheck.Of(q.Code),
        _ => throw new ArgumentOutOfRangeException(nameof(question)),
    };

    /// <summary>What can stand at the cursor.</summary>
    public Task<Completions> CompleteAsync(string code, int cursor) => throw new NotImplementedException($"{session} {code} {cursor}");

    /// <summary>What there is to say about the name or call at the cursor.</summary>
    public Task<Inspection> InspectAsync(string code, int cursor, int detail) => throw new NotImplementedException($"{session} {code} {cursor} {detail}");
}
