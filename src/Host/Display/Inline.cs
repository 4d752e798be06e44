using System.Collections;
using System.Runtime.CompilerServices;
using System.Text;

namespace Workbook.Host.Display;

/// <summary>Writes a value on one line: <c>[1, 2, 3]</c>, <c>{ a: 1 }</c>, <c>Point { X = 1, Y = 2 }</c>, <c>(1, x)</c>.</summary>
/// <remarks>
/// Ends on any input: lists stop after <see cref="Limits.Rows"/> items, objects at <see cref="Limits.Depth"/>, a value inside itself at
/// once, the line at its limit.
/// </remarks>
sealed class Inline
{
    readonly StringBuilder line = new();
    readonly List<object> path = [];
    readonly int limit;

    Inline(int limit) => this.limit = limit;

    /// <summary>The value on one line.</summary>
    /// <param name="value">Any value.</param>
    /// <param name="limit">The most characters.</param>
    public static string Of(object? value, int limit = Limits.Line)
    {
        var writer = new Inline(limit);
        writer.Write(value);
        var text = writer.line.Replace("\r", "").Replace('\n', ' ').ToString();
        return text.Length > limit ? text[..(limit - 1)] + "…" : text;
    }

    void Write(object? value)
    {
        if (line.Length > limit) return;
        if (Scalar.Text(value, brief: true) is { } text)
        {
            line.Append(text);
            return;
        }
        if (path.Exists(outer => ReferenceEquals(outer, value)))
        {
            line.Append("(cycle)");
            return;
        }
        if (path.Count == Limits.Depth)
        {
            line.Append(TypeName.Of(value!.GetType())).Append(" …");
            return;
        }
        path.Add(value!);
        WriteParts(value!);
        path.RemoveAt(path.Count - 1);
    }

    void WriteParts(object value)
    {
        switch (value)
        {
            case Array { Rank: > 1 } array:
                WriteDimension(array, new int[array.Rank], 0);
                break;
            case IEnumerable dictionary when Pair.AllOf(dictionary) is { } pairs:
                WriteList("{ ", pairs, pair => { Write(pair.Key); line.Append(": "); Write(pair.Value); }, " }");
                break;
            case IEnumerable items:
                WriteList("[", Glimpse.Items(items), Write, "]");
                break;
            case ITuple tuple:
                WriteList("(", Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), Write, ")");
                break;
            default:
                var isAnonymous = value.GetType().Name.StartsWith('<');
                var members = Member.Of(value);
                if (!isAnonymous) line.Append(TypeName.Of(value.GetType()));
                if (members.Count > 0)
                    WriteList(isAnonymous ? "{ " : " { ", members, m => { line.Append(m.Name).Append(" = "); Write(m.Value); }, " }");
                break;
        }
    }

    void WriteDimension(Array array, int[] index, int dimension)
    {
        if (dimension == array.Rank) Write(array.GetValue(index));
        else
            WriteList("[", Enumerable.Range(0, array.GetLength(dimension)),
                i => { index[dimension] = i; WriteDimension(array, index, dimension + 1); }, "]");
    }

    void WriteList<T>(string open, IEnumerable<T> items, Action<T> write, string close)
    {
        line.Append(open);
        var count = 0;
        foreach (var item in items)
        {
            if (count > 0) line.Append(", ");
            if (count++ == Limits.Rows || line.Length > limit)
            {
                line.Append('…');
                break;
            }
            write(item);
        }
        line.Append(close);
    }
}
