using System.Net;
using System.Text;
using static Workbook.Host.Export.Latex.LatexSymbols;

namespace Workbook.Host.Export.Latex;

/// <summary>
/// Turns a documented subset of LaTeX (README.md of this folder) into MathML Core, which browsers draw and screen readers read without
/// scripts.
/// </summary>
sealed class MathMl
{
    /// <summary>
    /// How deep groups may nest: written formulas stay below 10, and a deeper one than this could overflow the stack here or in a browser.
    /// </summary>
    const int DepthLimit = 100;

    /// <summary>The longest formula, in characters.</summary>
    const int LengthLimit = 10_000;

    readonly LatexReader reader;

    int depth;

    MathMl(string latex, int depth = 0)
    {
        (reader, this.depth) = (new LatexReader(latex), depth);
        if (latex.Length > LengthLimit)
            throw reader.Error($"A formula may have {LengthLimit:N0} characters; this one has {latex.Length:N0}.", 0);
    }

    /// <summary>One formula as a <c>math</c> element; the LaTeX stays in it as its annotation, so that copying gives it back.</summary>
    /// <param name="latex">The text between the dollar signs.</param>
    /// <param name="display">True for a formula on a line of its own.</param>
    /// <exception cref="LatexException">A command is not in the subset, or a group is not closed; it says which and where.</exception>
    public static string Convert(string latex, bool display)
    {
        var converter = new MathMl(latex);
        var row = converter.Row();
        if (!converter.reader.AtEnd)
            throw converter.reader.Error($"Nothing before it opens {converter.reader.Peek()}.", converter.reader.Position);
        var mode = display ? " display=\"block\"" : "";
        return $"<math{mode}><semantics>{row}<annotation "
            + $"encoding=\"application/x-tex\">{Encode(latex.Trim())}</annotation></semantics></math>";
    }

    /// <summary>
    /// The characters of a formula without their places, for where only plain text can stand: λ, ‖w‖2. A formula outside the subset stays
    /// as it is.
    /// </summary>
    public static string PlainText(string latex)
    {
        try
        {
            return System.Xml.Linq.XElement.Parse(new MathMl(latex).Row()).Value;
        }
        catch (LatexException)
        {
            // The page itself reports the formula, with its place.
            return latex;
        }
    }

    string Row()
    {
        var row = new StringBuilder("<mrow>");
        var before = MathKind.Operator;
        while (reader.Peek() is not ("" or "}" or "&" or "\\\\" or "\\right" or "\\middle" or "\\end"))
        {
            var atom = Scripted(before);
            row.Append(atom.Xml);
            before = atom.Kind;
        }
        return row.Append("</mrow>").ToString();
    }

    MathAtom Scripted(MathKind before)
    {
        var atom = Atom(before);
        var limits = atom.TakesLimits;
        while (reader.Peek() is "\\limits" or "\\nolimits") limits = reader.Next() == "\\limits";
        string? sub = null, sup = null;
        var primes = 0;
        while (reader.Peek() is "_" or "^" or "'" or "′")
        {
            var at = reader.Position;
            var token = reader.Next();
            if (token is "'" or "′")
            {
                primes++;
                continue;
            }
            if ((token == "_" ? sub : sup) is not null)
                throw reader.Error($"A second {token} on the same base; put braces around the first.", at);
            if (token == "_") sub = Argument(token);
            else sup = Argument(token);
        }
        if (primes > 0) sup = string.Concat(Enumerable.Repeat("<mo lspace=\"0\" rspace=\"0\">′</mo>", primes).Append(sup));
        if (sub is null && sup is null) return atom;
        if (sup is not null) sup = $"<mrow>{sup}</mrow>";
        var (under, over, both) = limits ? ("munder", "mover", "munderover") : ("msub", "msup", "msubsup");
        var tag = sub is null ? over : sup is null ? under : both;
        return atom with { Xml = $"<{tag}>{atom.Xml}{sub}{sup}</{tag}>" };
    }

    string Argument(string of)
    {
        var at = reader.Position;
        if (reader.Peek() is "" or "}" or "&" or "\\\\" or "\\right" or "\\end") throw reader.Error($"{of} has no argument.", at);
        // Without braces an argument is one token, so that \frac12 is one half.
        return reader.Peek() is { Length: 1 } digit && char.IsAsciiDigit(digit[0]) ? $"<mn>{reader.Next()}</mn>"
            : Atom(MathKind.Operator).Xml;
    }

    MathAtom Atom(MathKind before)
    {
        var at = reader.Position;
        if (++depth > DepthLimit) throw reader.Error($"Groups are nested more than {DepthLimit} deep.", at);
        var atom = Atom(reader.Next(), at, before);
        depth--;
        return atom;
    }

    MathAtom Atom(string token, int at, MathKind before)
    {
        if (token[0] == '\\') return Command(token, at, before);
        if (token == "{")
        {
            var row = Row();
            reader.Expect("}", "to close a group");
            return new(row);
        }
        if (char.IsAsciiDigit(token[0])) return new(Number(token));
        if (token is "_" or "^") throw reader.Error($"{token} has no base.", at);
        return token switch
        {
            "+" or "-" => Operator(token == "-" ? "−" : token, before == MathKind.Operator ? " form=\"prefix\"" : ""),
            "(" or "[" => Delimiter(token, MathKind.Operator),
            ")" or "]" => Delimiter(token, MathKind.Ordinary),
            "|" => Fence("|"),
            "*" => Operator("∗"),
            "~" => Space("0.333"),
            "/" => new("<mo lspace=\"0\" rspace=\"0\">/</mo>"),
            "!" => new("<mo lspace=\"0\">!</mo>"),
            "." => new("<mo lspace=\"0\" rspace=\"0\">.</mo>"),
            "#" or "%" or "$" => throw reader.Error($"{token} must be written \\{token}.", at),
            _ when char.IsLetter(token, 0) => new($"<mi>{token}</mi>"),
            _ => Operator(token),
        };
    }

    string Number(string first)
    {
        var digits = new StringBuilder(first);
        while (reader.Peek() is { Length: 1 } next && (char.IsAsciiDigit(next[0]) || (next == "." && !digits.ToString().Contains('.'))))
            digits.Append(reader.Next());
        var text = digits.ToString();
        return text.EndsWith('.') ? $"<mn>{text[..^1]}</mn><mo lspace=\"0\">.</mo>" : $"<mn>{text}</mn>";
    }

    MathAtom Command(string token, int at, MathKind before)
    {
        var name = token[1..];
        if (Identifiers.TryGetValue(name, out var symbol))
            return new(char.IsUpper(name[0]) ? $"<mi mathvariant=\"normal\">{symbol}</mi>" : $"<mi>{symbol}</mi>");
        if (Operators.TryGetValue(name, out symbol))
            return Operator(symbol, name is "pm" or "mp" && before == MathKind.Operator ? " form=\"prefix\"" : "");
        if (Sums.TryGetValue(name, out symbol)) return new($"<mo>{symbol}</mo>", MathKind.Operator, TakesLimits: true);
        if (Integrals.TryGetValue(name, out symbol)) return new($"<mo>{symbol}</mo>", MathKind.Operator);
        if (Openers.TryGetValue(name, out symbol)) return Delimiter(symbol, MathKind.Operator);
        if (Closers.TryGetValue(name, out symbol)) return Delimiter(symbol, MathKind.Ordinary);
        if (Fences.TryGetValue(name, out symbol)) return Fence(symbol);
        if (Escaped.TryGetValue(name, out symbol)) return new($"<mi>{Encode(symbol)}</mi>");
        if (Spaces.TryGetValue(name, out var width)) return Space(width, before);
        if (name == " ") return Space("0.333", before);
        if (Functions.Contains(name) || LimitFunctions.Contains(name)) return Function(name, LimitFunctions.Contains(name), before);
        if (Accents.TryGetValue(name, out var accent)) return Accent(name, accent);
        if (Alphabets.TryGetValue(name, out var alphabet)) return Alphabet(token, alphabet);
        return Structure(token, at, before);
    }

    MathAtom Structure(string token, int at, MathKind before)
    {
        switch (token)
        {
            case "\\frac" or "\\dfrac" or "\\tfrac":
                var fraction = $"<mfrac>{Argument(token)}{Argument(token)}</mfrac>";
                return new(
                    token == "\\frac" ? fraction
                        : $"<mstyle displaystyle=\"{(token == "\\dfrac" ? "true" : "false")}\">{fraction}</mstyle>");
            case "\\binom":
                return new($"<mrow><mo>(</mo><mfrac linethickness=\"0\">{Argument(token)}{Argument(token)}</mfrac><mo>)</mo></mrow>");
            case "\\sqrt":
                var degree = reader.RawOption();
                return new(
                    degree is null ? $"<msqrt>{Argument(token)}</msqrt>"
                        : $"<mroot>{Argument(token)}{new MathMl(degree, depth).Row()}</mroot>");
            case "\\text" or "\\textrm" or "\\textbf" or "\\textit":
                var style = token switch
                {
                    "\\textbf" => " style=\"font-weight:bold\"",
                    "\\textit" => " style=\"font-style:italic\"",
                    _ => ""
                };
                return new($"<mtext{style}>{Encode(reader.RawGroup(token)).Replace(' ', '\u00A0')}</mtext>");
            case "\\operatorname":
                var takesLimits = reader.TryTake("*");
                return Function(reader.RawGroup(token).Replace("\\,", "\u2009"), takesLimits, before);
            case "\\overset" or "\\stackrel" or "\\underset":
                var mark = Argument(token);
                var tag = token == "\\underset" ? "munder" : "mover";
                return new($"<{tag}>{Argument(token)}{mark}</{tag}>", token == "\\stackrel" ? MathKind.Operator : MathKind.Ordinary);
            case "\\underbrace":
                return new($"<munder>{Argument(token)}<mo stretchy=\"true\">⏟</mo></munder>", TakesLimits: true);
            case "\\overbrace":
                return new($"<mover>{Argument(token)}<mo stretchy=\"true\">⏞</mo></mover>", TakesLimits: true);
            case "\\left":
                return Between(at);
            case "\\begin":
                return Environment(at);
            case "\\big" or "\\bigl" or "\\bigr" or "\\Big" or "\\Bigl" or "\\Bigr":
                var size = token.StartsWith("\\big", StringComparison.Ordinal) ? "1.2em" : "1.8em";
                return new($"<mo minsize=\"{size}\" maxsize=\"{size}\" lspace=\"0\" rspace=\"0\">{DelimiterAfter(token)}</mo>",
                    token.EndsWith('r') ? MathKind.Ordinary : MathKind.Operator);
            default:
                throw reader.Error(
                    $"The command {token} is not in the supported subset of LaTeX (src/Host/Export/Latex/README.md lists it).", at);
        }
    }

    MathAtom Between(int at)
    {
        var open = DelimiterAfter("\\left");
        var body = new StringBuilder(Row());
        while (reader.TryTake("\\middle")) body.Append($"<mo stretchy=\"true\">{DelimiterAfter("\\middle")}</mo>").Append(Row());
        if (!reader.TryTake("\\right")) throw reader.Error("\\left has no \\right.", at);
        return new($"<mrow>{Stretched(open, "prefix")}{body}{Stretched(DelimiterAfter("\\right"), "postfix")}</mrow>");
    }

    MathAtom Environment(int at)
    {
        var name = reader.RawGroup("\\begin");
        if (!Environments.TryGetValue(name, out var fences))
            throw reader.Error(
                $"The environment {name} is not in the supported subset of LaTeX (src/Host/Export/Latex/README.md lists it).", at);
        var columns = name == "array" ? reader.RawGroup("\\begin{array}").Where(c => c is 'l' or 'c' or 'r').ToArray() : [];
        var table = new StringBuilder();
        while (reader.Peek() != "\\end")
        {
            if (reader.AtEnd) throw reader.Error($"\\begin{{{name}}} has no \\end{{{name}}}.", at);
            table.Append("<mtr>");
            for (var column = 0; ; column++)
            {
                table.Append($"<mtd{CellStyle(name, column, columns)}>{Row()}</mtd>");
                if (!reader.TryTake("&")) break;
            }
            table.Append("</mtr>");
            if (reader.TryTake("\\\\")) reader.RawOption();
            else if (reader.Peek() != "\\end")
                throw reader.Error(
                    $"{(reader.AtEnd ? "The end" : reader.Peek())} inside the environment {name}; expected & or \\\\ or \\end{{{name}}}.",
                        reader.Position);
        }
        reader.Next();
        var end = reader.Position;
        if (reader.RawGroup("\\end") is var closed && closed != name)
            throw reader.Error($"\\end{{{closed}}} closes \\begin{{{name}}}.", end);
        var display = IsAligned(name) ? " displaystyle=\"true\"" : "";
        return new($"<mrow>{Stretched(fences[..1], "prefix")}<mtable{display}>{table}</mtable>{Stretched(fences[1..], "postfix")}</mrow>");
    }

    static bool IsAligned(string environment) => environment is "aligned" or "align" or "align*" or "split";

    static string CellStyle(string environment, int column, char[] columns) => environment switch
    {
        "cases" => " style=\"text-align:left\"",
        "array" when column < columns.Length && columns[column] != 'c' =>
            $" style=\"text-align:{(columns[column] == 'l' ? "left" : "right")}\"",
        _ when IsAligned(environment) => column % 2 == 0 ? " style=\"text-align:right;padding-right:0\""
            : " style=\"text-align:left;padding-left:0.2em\"",
        _ => "",
    };

    string DelimiterAfter(string command)
    {
        var at = reader.Position;
        var token = reader.Next();
        if (token is "." or "(" or ")" or "[" or "]" or "|" or "/") return token;
        if (token is "<" or ">") return token == "<" ? "⟨" : "⟩";
        if (token.Length > 1
            && (Openers.TryGetValue(token[1..], out var symbol) || Closers.TryGetValue(token[1..], out symbol)
                || Fences.TryGetValue(token[1..], out symbol))) return symbol;
        throw reader.Error($"Expected a delimiter after {command}, found {(token.Length == 0 ? "the end" : token)}.", at);
    }

    MathAtom Alphabet(string token, string alphabet)
    {
        if (alphabet == "upright" && reader.Peek() == "{")
            return new($"<mi mathvariant=\"normal\">{Encode(reader.RawGroup(token).Replace("\\,", "\u2009"))}</mi>");
        var argument = Argument(token);
        // Only what stands between tags is mapped: the letters of the formula, not those of the markup.
        return new(System.Text.RegularExpressions.Regex.Replace(argument, "(?<=>)[^<]+", m => MathAlphabet.Map(alphabet, m.Value)));
    }

    MathAtom Accent(string name, string accent)
    {
        // A line over or under a whole term: only fonts made for mathematics have one that stretches, so the page draws it.
        if (name is "overline" or "underline")
        {
            var side = name == "overline" ? "top" : "bottom";
            return new($"<mrow style=\"border-{side}:0.06em solid;padding-{side}:0.1em\">{Argument("\\" + name)}</mrow>");
        }
        var stretchy = name is "widehat" or "widetilde" or "overrightarrow" ? "true" : "false";
        return new($"<mover accent=\"true\">{Argument("\\" + name)}<mo stretchy=\"{stretchy}\">{accent}</mo></mover>");
    }

    MathAtom Function(string name, bool takesLimits, MathKind before)
    {
        var left = before == MathKind.Ordinary ? "0.167em" : "0";
        var right = reader.Peek() is "(" or "[" or "\\left" or "{" or "^" or "_" or "\\big" or "\\bigl" or "\\Bigl" or ")" or "" ? "0"
            : "0.167em";
        var limits = takesLimits ? " movablelimits=\"true\"" : "";
        return new($"<mo form=\"prefix\" lspace=\"{left}\" rspace=\"{right}\"{limits}>{Encode(name)}</mo>", MathKind.Function, takesLimits);
    }

    static MathAtom Operator(string symbol, string attributes = "") =>
        new($"<mo{attributes}>{Encode(symbol)}</mo>", MathKind.Operator);

    static MathAtom Delimiter(string symbol, MathKind kind) =>
        new($"<mo form=\"{(kind == MathKind.Operator ? "prefix" : "postfix")}\" stretchy=\"false\">{symbol}</mo>", kind);

    static MathAtom Fence(string symbol) => new($"<mo stretchy=\"false\" lspace=\"0\" rspace=\"0\">{symbol}</mo>");

    static string Stretched(string symbol, string form) => symbol == "." ? "" : $"<mo form=\"{form}\" stretchy=\"true\">{symbol}</mo>";

    static MathAtom Space(string width, MathKind before = MathKind.Ordinary) => new($"<mspace width=\"{width}em\"/>", before);

    static string Encode(string text) => WebUtility.HtmlEncode(text);
}
