using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Workbook.Tests.House;

/// <summary>What .editorconfig cannot say of the code: how wide a line is, and how an error speaks.</summary>
public sealed class StyleTests
{
    const int Width = 140;

    public static TheoryData<string> Folders() =>
    [
        .. new[] { "src", "tests", "bench" }.SelectMany(f => Directory.GetDirectories(Repository.File(f))).Select(f => Path.GetRelativePath(Repository.Root, f)),
    ];

    [Theory, MemberData(nameof(Folders))]
    public void A_line_has_at_most_140_characters_but_for_text_that_is_given_as_it_is(string folder) =>
        Assert.Empty(Repository.Sources(folder).SelectMany(WideLines));

    [Theory, MemberData(nameof(Folders))]
    public void Nothing_in_the_executable_configures_an_await(string folder) =>
        Assert.Empty(Repository.Sources(folder).Where(f => f.StartsWith("src/Host/", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(Repository.File(f)).Contains("ConfigureAwait(false)", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Folders))]
    public void An_error_says_what_was_expected_and_what_was_received_in_two_sentences(string folder) =>
        Assert.Empty(Repository.Sources(folder).Where(f => f.StartsWith("src/", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(Repository.File(f)).Contains("; received ", StringComparison.Ordinal)));

    static IEnumerable<string> WideLines(string file)
    {
        var lines = File.ReadAllLines(Repository.File(file));
        if (!lines.Any(l => l.Length > Width)) return [];
        var tree = CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.File(file)), new CSharpParseOptions(LanguageVersion.Preview));
        var given = new HashSet<int>();
        foreach (var token in tree.GetRoot().DescendantTokens().Where(IsGiven))
        {
            var span = tree.GetLineSpan(token.Span);
            for (var line = span.StartLinePosition.Line; line <= span.EndLinePosition.Line; line++) given.Add(line);
        }

        return lines.Select((l, i) => (Text: l, Number: i)).Where(l => l.Text.Length > Width && !given.Contains(l.Number))
            .Select(l => $"{file}:{l.Number + 1} has {l.Text.Length} characters");
    }

    static bool IsGiven(SyntaxToken token) =>
        token.Kind() is SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken
            or SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken
        || (token.IsKind(SyntaxKind.InterpolatedStringTextToken) && token.Parent?.Parent?.GetFirstToken().Text.StartsWith("$\"\"\"", StringComparison.Ordinal) == true)
        || token.Text.StartsWith('@');
}
