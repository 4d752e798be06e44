using System.Collections;
using System.Dynamic;
using System.Net;
using System.Text;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// An HTML element that is written in C#: <c>div[style: "color:red"](h1("Title"), p("text"))</c>. Arguments in brackets are attributes,
/// where an
/// underscore stands for a hyphen; arguments in parentheses are content. Text is escaped; other values look as they do when a cell shows
/// them.
/// </summary>
[TypeFormatterSource(typeof(PocketViewFormatters))]
public sealed class PocketView : DynamicObject
{
    static readonly string[] Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    readonly Dictionary<string, object?> attributes = [];

    object?[] content = [];

    /// <summary>An element; without a name it is none, and its members are elements.</summary>
    /// <param name="tagName">The element's name.</param>
    public PocketView(string tagName = "") => Name = tagName;

    /// <summary>The element's name.</summary>
    public string Name { get; }

    /// <summary>Fills the element.</summary>
    /// <param name="args">Its content.</param>
    public void SetContent(object?[] args) => content = args;

    /// <inheritdoc/>
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        result = new PocketView(binder.Name);
        return true;
    }

    /// <inheritdoc/>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        result = new PocketView(binder.Name) { content = args ?? [] };
        return true;
    }

    /// <inheritdoc/>
    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result)
    {
        if (args is { Length: > 0 }) content = args;
        result = this;
        return true;
    }

    /// <inheritdoc/>
    public override bool TryGetIndex(GetIndexBinder binder, object?[] indexes, out object? result)
    {
        var names = binder.CallInfo.ArgumentNames;
        var first = indexes.Length - names.Count;
        for (var i = 0; i < indexes.Length; i++)
        {
            if (i >= first) attributes[names[i - first].Replace('_', '-')] = indexes[i];
            else if (indexes[i] is IDictionary<string, object> several) foreach (var (key, value) in several) attributes[key] = value;
            else throw new ArgumentException(
                $"{Name}[…]: expected attributes by name, as in {Name}[style: \"color:red\"]. Received: {indexes[i] ?? "null"}.");
        }

        result = this;
        return true;
    }

    /// <summary>The markup.</summary>
    public override string ToString()
    {
        var html = new StringBuilder();
        WriteTo(html);
        return html.ToString();
    }

    void WriteTo(StringBuilder html)
    {
        if (Name.Length == 0) return;
        html.Append('<').Append(Name);
        foreach (var (key,
            value) in attributes) html.Append(' ').Append(WebUtility.HtmlEncode(key)).Append("=\"")
                .Append(WebUtility.HtmlEncode(value is PocketView or string ? value.ToString() : Formatter.ToDisplayString(value)))
                    .Append('"');
        html.Append('>');
        if (content.Length == 0 && Void.Contains(Name)) return;
        foreach (var part in content) Write(part, html);
        html.Append("</").Append(Name).Append('>');
    }

    static void Write(object? part, StringBuilder html)
    {
        switch (part)
        {
            case string text:
                html.Append(WebUtility.HtmlEncode(text));
                break;
            case PocketView view:
                view.WriteTo(html);
                break;
            case IEnumerable parts when parts.Cast<object?>().All(p => p is PocketView or MimeBundle):
                foreach (var inner in parts) Write(inner, html);
                break;
            default:
                var bundle = Displays.Bundle(part, []);
                html.Append(
                    Languages.Text(bundle[HtmlFormatter.MimeType])
                        ?? WebUtility.HtmlEncode(Languages.Text(bundle[PlainTextFormatter.MimeType])));
                break;
        }
    }
}
