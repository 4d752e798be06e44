using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Host.Directives;

/// <summary>How deep code nests, so that what would end the compiler, or keep it for minutes, is not given to it.</summary>
/// <remarks>
/// Roslyn's parser gives up on most code that nests too deep, but five of its ways have no such guard (Roslyn 5.12: open parentheses,
/// generic names, <c>a &lt; a &lt; a</c>, interpolated strings, function pointers): there the stack overflows, which ends the process, or
/// the time grows as the square. All five need brackets, and these are counted without reading the code. What binds and emits has fewer
/// guards: casts, <c>await</c>, <c>is</c>, <c>??</c>, <c>?:</c>, <c>with</c>, calls of calls and statements in statements end it too at
/// some thousands. Those are counted in the tree.
/// </remarks>
static class CodeDepth
{
    /// <summary>The deepest nesting of brackets that is read. Written code stays below 30.</summary>
    public const int Limit = 200;

    /// <summary>The deepest tree that is compiled. Written code stays below 60.</summary>
    public const int TreeLimit = 1000;

    /// <summary>The longest code that is read, in characters.</summary>
    public const int Length = 1_000_000;

    /// <summary>
    /// The most lines such as <c>#if</c>. For each, Roslyn's parser goes through those before it: 12,500 take it 2 s, 50,000 half a minute.
    /// </summary>
    public const int Conditions = 2000;

    /// <summary>
    /// How long the parser may take: ten times what it takes for honest code of this length at first, and as long as the compiler, for the
    /// memory of a whole process may be tidied up on its thread.
    /// </summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), PatienceForACharacter = TimeSpan.FromMicroseconds(10);

    /// <summary>A cell is asked about by each who reads it.</summary>
    static readonly ConditionalWeakTable<string, StrongBox<string?>> Known = [];

    /// <summary>Why the code is not read; null when it is.</summary>
    public static string? Problem(string code) => Known.GetValue(code, c => new StrongBox<string?>(Find(c))).Value;

    static string? Find(string code)
    {
        if (code.Length > Length) return $"it is longer than {Length:N0} characters";
        if (AreDeep(code) && AreDeep(CodeText.WithoutStrings(code))) return $"its brackets are nested more than {Limit} deep";
        if (code.Length <= TreeLimit) return null;
        if (HasManyConditions(code)) return $"it has more than {Conditions:N0} lines of #if, #elif, #define or #undef";
        // Words without anything between them keep the parser for hours, and each who reads the code has it parsed again.
        var limit = Patience + code.Length * PatienceForACharacter;
        if (!BoundedCompiler.Try(end => Parse(code, end), out var root, limit)) return "its parser does not come to an end";
        return IsDeep(root) ? $"its expressions or statements are nested more than {TreeLimit} deep"
            : CodeChains.AreDeep(root) ? "the type of a variable depends on hundreds of others" : null;
    }

    static bool AreDeep(string code)
    {
        var (depth, angles) = (0, 0);
        foreach (var c in code)
        {
            // An angle bracket may be a comparison, which nothing closes.
            if (c is ';' or '}' or ')') angles = 0;
            if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}') depth = Math.Max(0, depth - 1);
            else if (c == '<') angles++;
            else if (c == '>' && angles > 0) angles--;
            if (depth > Limit || angles > Limit) return true;
        }

        return false;
    }

    static CompilationUnitSyntax Parse(string code, CancellationToken end) =>
        (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(code, DirectiveReader.Dialect, cancellationToken: end).GetRoot(end);

    static bool HasManyConditions(string code)
    {
        var count = 0;
        foreach (var line in code.AsSpan().EnumerateLines())
            if (line.TrimStart() is ['#', .. var word] && word.TrimStart() is ['i', 'f', ..] or ['e', 'l', ..] or ['d', ..] or ['u', ..])
                count++;
        return count > Conditions;
    }

    static bool IsDeep(SyntaxNode root)
    {
        var open = new Stack<(SyntaxNode Node, int Depth)>([(root, 0)]);
        while (open.TryPop(out var at))
        {
            if (at.Depth > TreeLimit) return true;
            foreach (var child in at.Node.ChildNodes()) open.Push((child, at.Depth + Step(at.Node, child)));
        }

        return false;
    }

    /// <summary>
    /// A sum of many terms nests to the left; the compiler knows that and takes it as a list. The clauses of a query stand behind each
    /// other and become lambdas in lambdas.
    /// </summary>
    static int Step(SyntaxNode node, SyntaxNode child) => node switch
    {
        BinaryExpressionSyntax binary when binary.Left == child && node.Kind() is not (SyntaxKind.IsExpression
            or SyntaxKind.AsExpression or SyntaxKind.CoalesceExpression) => 0,
        QueryBodySyntax query => 10 * (query.Clauses.Count + 1),
        _ => 1,
    };
}
