using System.Globalization;
using System.Text;

namespace Workbook.Keras;

/// <summary>
/// JSON as Python writes it: <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> may stand as bare words, which no standard reader takes.
/// </summary>
/// <remarks>Values are null, bool, long, double, string, List&lt;object?&gt; and <see cref="JsonObject"/>. Nesting is limited, so that a
/// file cannot exhaust the call stack; a name that stands twice in an object is refused.</remarks>
static class Json
{
    /// <summary>How deep lists and objects may be nested: Keras' own models of models have 13, and 6 more for each model in a
    /// model.</summary>
    public const int Deepest = 200;

    /// <summary>Reads a text.</summary>
    /// <param name="text">All of it.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="FormatException">It is no JSON, or too deep.</exception>
    public static object? Parse(string text, string place)
    {
        var reader = new Reader(text, place);
        var value = reader.Value(0);
        reader.End();
        return value;
    }

    /// <summary>The text of a value. Letters outside of ASCII are escaped, as in Python.</summary>
    public static string Text(object? value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    static void Write(StringBuilder to, object? value)
    {
        switch (value)
        {
            case null: to.Append("null"); break;
            case bool b: to.Append(b ? "true" : "false"); break;
            case string s: Write(to, s); break;
            case double d:
                to.Append(double.IsNaN(d) ? "NaN" : double.IsInfinity(d) ? d > 0 ? "Infinity" : "-Infinity" : Number(d));
                break;
            case JsonObject o:
                to.Append('{');
                foreach (var (name, item) in o)
                {
                    if (to[^1] != '{') to.Append(", ");
                    Write(to, name);
                    to.Append(": ");
                    Write(to, item);
                }
                to.Append('}');
                break;
            case IEnumerable<object?> list:
                to.Append('[');
                foreach (var item in list)
                {
                    if (to[^1] != '[') to.Append(", ");
                    Write(to, item);
                }
                to.Append(']');
                break;
            default: to.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture)); break;
        }
    }

    /// <summary>The shortest digits that give the number back, with a point or an exponent, so that it stays a float in Python.</summary>
    static string Number(double d)
    {
        var digits = d.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().IndexOfAny('.', 'E') < 0 ? digits + ".0" : digits;
    }

    static void Write(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (var c in text)
            if (c is '"' or '\\') to.Append('\\').Append(c);
            else if (c is < ' ' or > '~') to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else to.Append(c);
        to.Append('"');
    }

    ref struct Reader(string text, string place)
    {
        int at = 0;

        public object? Value(int depth)
        {
            if (depth > Deepest) throw Wrong($"lists and objects nested more than {Deepest} deep");
            Blanks();
            switch (Next())
            {
                case '{': return Object(depth);
                case '[': return List(depth);
                case '"': return String();
                case 't' when Take("true"): return true;
                case 'f' when Take("false"): return false;
                case 'n' when Take("null"): return null;
                case 'N' when Take("NaN"): return double.NaN;
                case 'I' when Take("Infinity"): return double.PositiveInfinity;
                case '-' when Take("-Infinity"): return double.NegativeInfinity;
                default: return Number();
            }
        }

        public void End()
        {
            Blanks();
            if (at < text.Length) throw Wrong("more after the end");
        }

        JsonObject Object(int depth)
        {
            var found = new JsonObject();
            at++;
            if (Closes('}')) return found;
            do
            {
                Blanks();
                if (Next() != '"') throw Wrong("no name where one should be");
                var name = String();
                Blanks();
                if (Next() != ':') throw Wrong("no colon after a name");
                at++;
                var value = Value(depth + 1);
                if (!found.TryAdd(name, value)) throw Wrong($"the name '{name}' twice in one object");
            }
            while (Goes('}'));
            return found;
        }

        List<object?> List(int depth)
        {
            var found = new List<object?>();
            at++;
            if (Closes(']')) return found;
            do found.Add(Value(depth + 1));
            while (Goes(']'));
            return found;
        }

        bool Closes(char end)
        {
            Blanks();
            if (Next() != end) return false;
            at++;
            return true;
        }

        bool Goes(char end)
        {
            Blanks();
            var c = Next();
            if (c != end && c != ',') throw Wrong($"neither a comma nor {end}");
            at++;
            return c == ',';
        }

        string String()
        {
            var found = new StringBuilder();
            for (at++; Next() != '"'; at++)
            {
                if (text[at] < ' ') throw Wrong("a line end inside of a text");
                if (text[at] != '\\')
                {
                    found.Append(text[at]);
                    continue;
                }
                at++;
                if (Next() == 'u')
                {
                    if (at + 5 > text.Length || !ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture, out var code)) throw Wrong("an escape that is none");
                    found.Append((char)code);
                    at += 4;
                }
                else found.Append("\"\\/bfnrt".IndexOf(Next()) is >= 0 and var i ? "\"\\/\b\f\n\r\t"[i] : throw Wrong("an escape that is none"));
            }
            at++;
            return found.ToString();
        }

        object Number()
        {
            var start = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] is '-' or '+' or '.' or 'e' or 'E')) at++;
            var digits = text.AsSpan(start, at - start);
            if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return whole;
            return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                : throw Wrong(digits.Length == 0 ? $"'{Next()}', which begins no value" : $"'{digits}', which is no number");
        }

        void Blanks()
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\n' or '\r') at++;
        }

        bool Take(string word)
        {
            if (!text.AsSpan(at).StartsWith(word)) return false;
            at += word.Length;
            return true;
        }

        readonly char Next() => at < text.Length ? text[at] : throw Wrong("an end in the middle");

        readonly FormatException Wrong(string what) =>
            new($"Expected JSON in {place}. Received: {what}, at letter {at + 1:N0}. {WeightsFile.Again}");
    }
}

/// <summary>An object of JSON: values by name, in the order in which they were written.</summary>
sealed class JsonObject : IEnumerable<KeyValuePair<string, object?>>
{
    readonly OrderedDictionary<string, object?> items = [];

    /// <summary>A value; null where there is none.</summary>
    public object? this[string name]
    {
        get => items.GetValueOrDefault(name);
        set => items[name] = value;
    }

    public IEnumerable<string> Names => items.Keys;

    public bool Has(string name) => items.ContainsKey(name);

    public bool TryAdd(string name, object? value) => items.TryAdd(name, value);

    public void Add(string name, object? value) => items.Add(name, value);

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => items.GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}
