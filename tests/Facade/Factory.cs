using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Workbook.Facade;

/// <summary>A method that makes an object: its documentation, what it takes, and what it passes on.</summary>
sealed record Factory(string Name, string Type, string Returns, string? Summary, string? Remarks, Parameter[] Parameters, Option[] Options,
    string[] Exceptions, string? Priority)
{
    /// <summary>The factories of a class: one for each constructor and name, and one more where a function can take the place of its first
    /// number or activation.</summary>
    public static IEnumerable<Factory> Of(ClassDeclarationSyntax type, Family family, Option[] options)
    {
        var (name, doc) = (type.Identifier.Text, Doc.Of(type));
        var constructors = type.Members.OfType<ConstructorDeclarationSyntax>().Where(c =>
            c.Modifiers.Any(SyntaxKind.PublicKeyword)).ToList();
        List<(ParameterListSyntax? List, Doc Doc, string? Priority)> ways = [.. constructors.Select(c =>
            (c.ParameterList, Doc.Of(c), PriorityOf(c)))];
        if (type.ParameterList is not null || ways.Count == 0) ways.Insert(0, (type.ParameterList, doc, null));
        foreach (var factory in Names(type))
            foreach (var (list, own, priority) in ways)
            {
                Parameter[] parameters = [.. (list?.Parameters ?? []).Select(p => Parameter.Of(p, own))];
                var made = new Factory(factory, name, family.GivesBase || factory == "Lambda" && name != "Lambda" ? family.Base : name,
                    ways.Count > 1 ? own["summary"] : doc["summary"], doc["remarks"] ?? own["remarks"],
                    parameters, [.. options.Where(o => parameters.All(p => p.Name != o.Name))],
                    [.. doc.All("exception").Union(own.All("exception"))], priority);
                yield return made;
                if (Array.FindIndex(parameters, p => p.Function is not null) is >= 0 and var at
                    && parameters[..at].All(p => p.Default is null))
                    yield return made with { Parameters = [.. parameters[..at], parameters[at].AsFunction(), .. parameters[(at + 1)..]] };
            }
    }

    public void Write(Page page)
    {
        page.Comment(Summary);
        page.Comment(Remarks);
        foreach (var p in Parameters) page.Comment(p.Doc);
        foreach (var o in Options) page.Comment($"<param name=\"{o.Name}\">{o.Summary}</param>");
        foreach (var e in Exceptions) page.Comment(e);
        if (Priority is not null) page.Line($"[System.Runtime.CompilerServices.{Priority}]");
        var taken = Parameters.Select(p => p.Declaration).Concat(Options.Select(o => $"{o.Type} {o.Name} = {o.Default}"));
        var made = $"{(Returns == Type && Name == Type ? "new" : $"new {Type}")}({string.Join(", ", Parameters.Select(p => p.Passed))})";
        var head = $"public static {Returns} {Name}({string.Join(", ", taken)}) => {made}";
        if (Options.Length == 0)
        {
            page.Code(head + ";");
            return;
        }
        page.Code(head);
        page.Initializer(Options.Select(o => $"{o.Name} = {o.Name},"));
    }

    /// <summary>An overload that wins among constructors wins among factories.</summary>
    static string? PriorityOf(ConstructorDeclarationSyntax constructor) =>
        constructor.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a =>
            a.Name.ToString() == "OverloadResolutionPriority")?.ToString();

    /// <summary>The function of a layer that joins its inputs, in small letters: <c>layers.add([x, y])</c>, on symbolic values and on
    /// tensors.</summary>
    public void WriteFunction(Page page, string of)
    {
        page.Comment(Summary);
        page.Comment("<param name=\"inputs\">At least two.</param>");
        foreach (var p in Parameters) page.Comment(p.Doc);
        var taken = string.Concat(Parameters.Select(p => ", " + p.Declaration));
        page.Code($"public static {of} {Name.ToLowerInvariant()}(IEnumerable<{of}> inputs{taken}) => new "
            + $"{Type}({string.Join(", ", Parameters.Select(p => p.Passed))}).Apply([.. inputs]);");
    }

    static IEnumerable<string> Names(ClassDeclarationSyntax type)
    {
        var given = type.AttributeLists.SelectMany(l => l.Attributes).FirstOrDefault(a => a.Name.ToString() == "Factory");
        return given?.ArgumentList?.Arguments.Select(a => ((LiteralExpressionSyntax)a.Expression).Token.ValueText)
            ?? [type.Identifier.Text];
    }
}
