using Workbook.Host.Display;
using Workbook.Host.Documents;
using Workbook.Host.Language;
using Workbook.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Language;

/// <summary>
/// A session that has run a few cells, the last of which failed, and questions about what is typed next. A <c>|</c> stands for the cursor.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class TypingSession : IAsyncLifetime, ICollectionFixture<TypingSession>
{
    /// <summary>The tests that share it: its first answers take seconds.</summary>
    public const string Collection = "typing";

    readonly CSharpSession session = new();

    readonly Sandbox sandbox = new();

    LanguageService Service => field ??= new LanguageService(session, sandbox.Folder);

    /// <summary>Runs the cells.</summary>
    public async ValueTask InitializeAsync()
    {
        var references = string.Concat(
            new[] { "Tensors", "Keras", "Helpers" }.Select(
                l => $"#r \"{Repository.File($"artifacts/helpers/Workbook.{l}.dll").Replace('\\', '/')}\"\n"));
        await PassAsync(
            references + "using Workbook.Helpers;\nusing Workbook.Keras;\nusing Workbook.Tensors;\nusing static Workbook.Keras.keras;");
        await PassAsync("""
            /// <summary>Doubles a number.</summary>
            /// <param name="x">What to double.</param>
            double Twice(double x) => 2 * x;
            var weights = tf.ones(3);
            var anonymous = new { Apples = 3 };
            record Pair(int First, string Second);
            """);
        await PassAsync("public static class Extensions { public static int Tripled(this int n) => 3 * n; }");
        await PassAsync(
            "class Shelf { readonly string hidden = \"\"; public List<string> Books { get; } = []; }\nvar shelf = new Shelf();");
        var failure = await RunAsync("var broken = undefined;");
        Assert.NotNull(failure);
        Directory.CreateDirectory(sandbox.At("data"));
        foreach (var file in new[] { "lib.dll", "script.csx", "other.dib", "picture.png", "data/more.dll" }) sandbox.Write(file, "");
    }

    /// <summary>The items offered for a text with a cursor.</summary>
    internal async Task<IReadOnlyList<string>> OfferAsync(string text) => [.. (await CompleteAsync(text)).Items.Select(i => i.Text)];

    /// <summary>The answer for a text with a cursor.</summary>
    internal Task<Completions> CompleteAsync(string text) => Service.CompleteAsync(text.Remove(text.IndexOf('|'), 1), text.IndexOf('|'));

    /// <summary>The answer for a text and a position.</summary>
    internal Task<Answer> AskAsync(Question question) => Service.AnswerAsync(question);

    /// <summary>What is said of the place of the cursor.</summary>
    internal async Task<string?> InspectAsync(string text, int detail = 0) =>
        (await Service.InspectAsync(text.Remove(text.IndexOf('|'), 1), text.IndexOf('|'), detail)).Text;

    async Task PassAsync(string source) => Assert.Null(await RunAsync(source));

    Task<CellFailure?> RunAsync(string source) =>
        session.RunAsync(new SourceUnit(sandbox.At("book.dib"), 1, 1, source), new CellSink(_ => { }, (_, _) => { }));

    public ValueTask DisposeAsync()
    {
        sandbox.Dispose();
        return ValueTask.CompletedTask;
    }
}
