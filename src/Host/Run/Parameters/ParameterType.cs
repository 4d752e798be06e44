using System.Text;

namespace Workbook.Host.Run.Parameters;

/// <summary>The type of a parameter: a simple one, an enumeration, or an array or list of those; each may allow null.</summary>
/// <param name="Name">The type as the notebook writes it, without the question mark.</param>
/// <param name="IsNullable">Whether it takes null.</param>
/// <param name="Element">The type of the elements; null where it has none.</param>
/// <param name="Members">The names of an enumeration.</param>
sealed record ParameterType(string Name, bool IsNullable, ParameterType? Element, IReadOnlyCollection<string>? Members)
{
    static readonly string[] Lists = ["List", "IList", "IReadOnlyList", "ICollection", "IReadOnlyCollection", "IEnumerable"];

    /// <summary>The type that a source writes; null where values of it cannot be given as text.</summary>
    /// <param name="text">The type.</param>
    /// <param name="members">The names of the enumeration that is called so; null where none is.</param>
    public static ParameterType? Parse(string text, Func<string, IReadOnlyCollection<string>?> members)
    {
        text = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (text.EndsWith('?')) return Parse(text[..^1], members) is { IsNullable: false } inner ? inner with { IsNullable = true } : null;
        if (text.EndsWith("[]", StringComparison.Ordinal)) return Of(text, text[..^2]);
        if (text.IndexOf('<') is > 0 and var open && text.EndsWith('>'))
        {
            var (outer, inner) = (text[..open].Split('.')[^1], text[(open + 1)..^1]);
            if (outer == "Nullable") return Parse(inner, members) is { IsNullable: false } value ? value with { IsNullable = true } : null;
            return Lists.Contains(outer) ? Of(text, inner) : null;
        }

        var name = text.StartsWith("System.", StringComparison.Ordinal) ? text["System.".Length..] : text;
        if (Literal.Knows(name)) return new ParameterType(name, false, null, null);
        return members(text) is { } names ? new ParameterType(text, false, null, names) : null;

        ParameterType? Of(string name, string element) =>
            Parse(element, members) is { Element: null } type ? new ParameterType(name, false, type, null) : null;
    }

    /// <summary>The type as the declaration of another value writes it. Scripts do not tell apart references that may be null.</summary>
    public string Declared => IsNullable && Name != "string" && Element is null ? $"{Name}?" : Name;

    /// <summary>How a message names it, with the form of its values.</summary>
    public string Words => Members is not null ? $"{Name}{(IsNullable ? "?" : "")} ({string.Join(", ", Members)})"
        : $"{Name}{(IsNullable ? "?" : "")}{(Element is null ? Literal.Example(Name) : " (as 1, 2, 3 or [1, 2, 3])")}";

    /// <summary>The value as a source has it; null when it is not of the type.</summary>
    public string? Write(string value)
    {
        if (IsNullable && value == "null") return "null";
        if (Members is not null) return Members.Contains(value) ? $"{Name}.{value}" : null;
        if (Element is null) return Literal.Of(Name, value);
        if (Items(value) is not { } items) return null;
        var written = items.Select(i => Element.Write(i)).ToList();
        return written.Contains(null) ? null : $"[{string.Join(", ", written)}]";
    }

    /// <summary>
    /// What stands between commas, with or without brackets around all. An item that holds a comma stands in double quotes, a quote in it
    /// twice.
    /// </summary>
    static List<string>? Items(string text)
    {
        text = text.Trim();
        if (text is ['[', .. var inside, ']']) text = inside.Trim();
        var items = new List<string>();
        for (var at = 0; text.Length > 0;)
        {
            while (at < text.Length && text[at] == ' ') at++;
            var item = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                for (at++; at < text.Length && (text[at] != '"' || (at + 1 < text.Length && text[++at] == '"')); at++)
                    item.Append(text[at]);
                if (at < text.Length && text[at] == '"') at++;
                while (at < text.Length && text[at] == ' ') at++;
            }
            else
            {
                while (at < text.Length && text[at] != ',') item.Append(text[at++]);
                while (item.Length > 0 && item[^1] == ' ') item.Length--;
            }

            items.Add(item.ToString());
            if (at >= text.Length) break;
            if (text[at++] != ',') return null;
        }

        return items;
    }
}
