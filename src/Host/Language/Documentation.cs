using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Workbook.Host.Run.Parameters;

namespace Workbook.Host.Language;

/// <summary>The XML documentation of a symbol as plain text.</summary>
sealed partial class Documentation
{
    readonly XElement member;

    Documentation(XElement member) => this.member = member;

    /// <summary>The documentation of a symbol; without any text where it has none. What it inherits is its own.</summary>
    public static Documentation Of(ISymbol symbol, Compilation compilation) => new(Read(symbol, compilation, []));

    /// <summary>The text of a section that a member has once: summary, returns, value, remarks; empty where there is none.</summary>
    public string Section(string name) => member.Element(name) is { } section ? Text(section) : "";

    /// <summary>What is said of a parameter; empty where nothing is.</summary>
    public string Parameter(string name) =>
        member.Elements()
            .FirstOrDefault(e => e.Name.LocalName is "param" or "typeparam" && (string?)e.Attribute("name") == name) is { } section
                ? Text(section) : "";

    /// <summary>The exceptions by their short names, and when they are thrown.</summary>
    public IEnumerable<(string Type, string When)> Exceptions =>
        member.Elements("exception").Select(e => (ShortName((string?)e.Attribute("cref") ?? ""), Text(e)));

    static XElement Read(ISymbol symbol, Compilation compilation, HashSet<ISymbol> seen)
    {
        var xml = symbol.OriginalDefinition.GetDocumentationCommentXml(expandIncludes: true) ?? "";
        var own = xml.Length == 0 ? new XElement("member") : Parse(xml);
        if (own.Element("inheritdoc") is not { } inherit || !seen.Add(symbol.OriginalDefinition)) return own;
        var from = (string?)inherit.Attribute("cref") is { } cref
            ? DocumentationCommentId.GetFirstSymbolForDeclarationId(cref, compilation) : Inherited(symbol);
        inherit.Remove();
        if (from is null) return own;
        var said = own.Elements().Select(e => (e.Name, (string?)e.Attribute("name"))).ToHashSet();
        own.Add(Read(from, compilation, seen).Elements().Where(e => !said.Contains((e.Name, (string?)e.Attribute("name")))));
        return own;
    }

    static XElement Parse(string xml)
    {
        try
        {
            return XElement.Parse(xml, LoadOptions.PreserveWhitespace);
        }
        catch (System.Xml.XmlException)
        {
            // Documentation that is no XML is a slip of its author; the signature is worth showing all the same.
            return new XElement("member");
        }
    }

    static ISymbol? Inherited(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } above } => above,
        IPropertySymbol { OverriddenProperty: { } above } => above,
        INamedTypeSymbol type => type.BaseType is { SpecialType: SpecialType.None } above ? above : type.Interfaces.FirstOrDefault(),
        { ContainingType: { } type } => type.AllInterfaces.SelectMany(i => i.GetMembers(symbol.Name))
            .FirstOrDefault(m => SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(m), symbol)),
        _ => null,
    };

    static string Text(XElement section)
    {
        var text = new StringBuilder();
        Write(section, text);
        return EmptyLines().Replace(LineEdges().Replace(text.ToString(), "\n"), "\n\n").Trim();
    }

    static void Write(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XText plain:
                    text.Append(Whitespace().Replace(plain.Value, " "));
                    break;
                case XElement { Name.LocalName: "para" or "item" or "list" or "listheader" or "code" } block:
                    text.Append(block.Name.LocalName is "item" or "listheader" ? "\n- " : "\n");
                    if (block.Name.LocalName == "code") text.Append(block.Value.Trim('\r', '\n'));
                    else Write(block, text);
                    text.Append('\n');
                    break;
                case XElement { Name.LocalName: "br" }:
                    text.Append('\n');
                    break;
                case XElement { IsEmpty: true } link:
                    text.Append(Target(link));
                    break;
                case XElement inline:
                    Write(inline, text);
                    break;
            }
        }
    }

    static string Target(XElement link) =>
        (string?)link.Attribute("cref") is { } cref ? ShortName(cref)
            : (string?)(link.Attribute("name") ?? link.Attribute("langword") ?? link.Attribute("href")) ?? "";

    /// <summary>The last part of a documentation id such as <c>M:System.Console.Write(System.Int32)</c>: Write.</summary>
    static string ShortName(string cref) => Arity().Replace(cref.Split('(')[0].Split('.', ':')[^1], "");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"[ ]+\n|\n[ ](?=[^ ])")]
    private static partial Regex LineEdges();

    [GeneratedRegex(@"\n{3,}")]
    private static partial Regex EmptyLines();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
