using Microsoft.CodeAnalysis.CSharp;
using Workbook.Host.Directives;
using Workbook.Host.Files;

namespace Workbook.Host.Sessions;

/// <summary>
/// Texts that a notebook keeps under names (<c>#!value</c>), and how they and the answers of a reader become variables (<c>#!set</c>,
/// <c>#!share</c>). The
/// host has one language with variables; of .NET Interactive's kernels there are here <c>csharp</c> and <c>value</c>.
/// </summary>
sealed class SharedValues
{
    const string Value = "#!value";

    readonly Dictionary<string, string> texts = [];

    /// <summary>Whether a cell is a text to keep, <c>#!value --name x</c> and below it the text, and no code.</summary>
    public static bool IsOne(string source) =>
        First(source) is var (line, _) && (line == Value || line.StartsWith(Value + " ", StringComparison.Ordinal));

    /// <summary>Keeps the text of such a cell.</summary>
    /// <param name="unit">The cell.</param>
    /// <param name="show">Shows a text as a mime type, where the cell asks for it.</param>
    /// <exception cref="FormatException">It does not say what to keep under which name.</exception>
    public void Keep(SourceUnit unit, Action<string, string> show)
    {
        var (line, text) = First(unit.Source)!.Value;
        var options = DirectiveOptions.Parse(line[Value.Length..]);
        var name = options["name"]
            ?? throw new FormatException(
                $"#!value: expected #!value --name x, and the text below it or --from-file path. Received: {line}.");
        if (options["from-file"] is { } file) text = RegularFile.Text(Path.GetFullPath(file, Path.GetDirectoryName(unit.File)!));
        else if (options["from-url"] is not null)
            throw new FormatException(
                "#!value --from-url is not here: fetch the text in a C# cell, await new System.Net.Http.HttpClient().GetStringAsync(…).");
        else if (options["from-value"] is { } other) text = Text(other);
        texts[name] = text;
        if (options["mime-type"] is { } mimeType) show(text, mimeType);
    }

    /// <summary>The C# that <c>#!set</c> or <c>#!share</c> stands for.</summary>
    /// <exception cref="FormatException">It does not say what to set, or asks for what is not here.</exception>
    public string Code(Directive directive)
    {
        var options = DirectiveOptions.Parse(directive.Argument);
        if (directive.Name == "#!set")
        {
            if (options["name"] is not { } name || options["value"] is not { } value)
                throw new FormatException(
                    $"#!set: expected --name x --value y, where y is a text, @csharp:variable, @value:name or @input:question. "
                        + $"Received: {directive.Argument}.");
            return Declaration(name, value);
        }

        var shared = options.Free.FirstOrDefault() ?? options["name"]
            ?? throw new FormatException($"#!share: expected a name and --from csharp or --from value. Received: {directive.Argument}.");
        return Declaration(options["as"] ?? shared, $"@{options["from"] ?? options["f"] ?? "csharp"}:{shared}");
    }

    string Declaration(string name, string value)
    {
        if (!SyntaxFacts.IsValidIdentifier(name)) throw new FormatException($"Expected the name of a variable. Received: {name}.");
        if (!value.StartsWith('@')) return $"var {name} = {Literal(value)};";
        var at = value.IndexOf(':');
        var (source, what) = at < 0 ? (value[1..], "") : (value[1..at], value[(at + 1)..].Trim('"'));
        return source switch
        {
            "csharp" or "c#" or "C#" or "cs" => what == name ? $"_ = {what};" : $"var {name} = {what};",
            "value" => $"var {name} = {Literal(Text(what))};",
            "input" => $"var {name} = {Literal(SessionInput.Ask(what.Length > 0 ? what : name, false))};",
            "password" =>
                $"var {name} = new "
                    + $"Microsoft.DotNet.Interactive.PasswordString({Literal(SessionInput.Ask(what.Length > 0 ? what : name, true))});",
            _ => throw new FormatException(
                $"There is no {source} to take {what} from: expected csharp, value, input or password. "
                    + "This host runs C#; give the value to a variable in a C# cell."),
        };
    }

    string Text(string name) => texts.TryGetValue(name, out var text) ? text
        : throw new FormatException(
            $"There is no "
                + $"text {name}. {(texts.Count == 0 ? "A cell that begins with #!value --name x keeps one" : $"Known are {string.Join(", ", texts.Keys)}")}.");

    static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>The first line that is neither empty nor an option comment, and all lines below it.</summary>
    static (string Line, string Below)? First(string source)
    {
        var lines = source.Split('\n');
        var at = Array.FindIndex(lines, l => l.Trim().Length > 0 && !l.StartsWith("//|", StringComparison.Ordinal));
        return at < 0 ? null : (lines[at].TrimEnd(), string.Join('\n', lines[(at + 1)..]).TrimEnd('\n', '\r'));
    }
}
