using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Workbook.Tests.House;

/// <summary>What .editorconfig cannot say of the code: how wide a line is, and how an error speaks.</summary>
public sealed class StyleTests
{
    const int Width = 140;

    public static TheoryData<string> Folders() =>
    [
        .. new[] { "src", "tests", "bench" }.SelectMany(f => Directory.GetDirectories(Repository.File(f)))
            .Select(f => Path.GetRelativePath(Repository.Root, f)),
    ];

    [Theory, MemberData(nameof(Folders))]
    public void A_line_has_at_most_140_characters_but_for_a_text_that_goes_on(string folder) =>
        Assert.Empty(Repository.Sources(folder).SelectMany(WideLines));

    [Theory]
    [InlineData("src/Host", "ConfigureAwait(false)")]
    [InlineData("src", "; " + "received")]
    public void Nothing_says(string folder, string words) =>
        Assert.All(Repository.Sources(folder),
            f => Assert.DoesNotContain(words, File.ReadAllText(Repository.File(f)), StringComparison.Ordinal));

    static IEnumerable<string> WideLines(string file)
    {
        var lines = File.ReadAllLines(Repository.File(file));
        if (file.EndsWith(".generated.cs", StringComparison.Ordinal) || !lines.Any(l => l.Length > Width)) return [];
        var source = SourceText.From(File.ReadAllText(Repository.File(file)));
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview)).GetRoot();
        return source.Lines.Where(l => l.Span.Length > Width && !IsText(root, l.Start + Width))
            .Select(l => $"{file}:{l.LineNumber + 1} has {l.Span.Length} characters");
    }

    /// <summary>Whether a place lies in a string, or in a reference of documentation, which a line cannot end in.</summary>
    static bool IsText(SyntaxNode root, int place) =>
        root.FindToken(place, findInsideTrivia: true).Parent!.AncestorsAndSelf()
            .Any(n => n is InterpolatedStringExpressionSyntax or CrefSyntax || n.IsKind(SyntaxKind.StringLiteralExpression));
}
