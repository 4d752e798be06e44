using System.Collections;

namespace Workbook.Host.Display;

/// <summary>Finds the table in a value: records in a list, pairs of a dictionary, elements of a matrix, properties of an object.</summary>
static class Tabulator
{
    /// <summary>The table of a value; null when the value is better shown on one line.</summary>
    public static Table? TableOf(object value) => value switch
    {
        Array { Rank: 2 } matrix => Grid(matrix),
        Array { Rank: > 2 } => null,
        IEnumerable items when Pair.AllOf(items) is { } pairs => Dictionary(pairs, Glimpse.CountOf(items)),
        IEnumerable items => Sequence(items, Glimpse.CountOf(items)),
        _ => Properties(Member.Of(value)),
    };

    static Table? Grid(Array matrix)
    {
        int rows = matrix.GetLength(0), columns = matrix.GetLength(1);
        if (matrix.Length == 0) return null;
        var cells = Enumerable.Range(0, Math.Min(rows, Limits.Rows))
            .Select(r => Enumerable.Range(0, columns).Select(c => matrix.GetValue(r + matrix.GetLowerBound(0), c + matrix.GetLowerBound(1)))
                .ToList()).ToList();
        return Table.Of([], cells, rows);
    }

    static Table? Dictionary(IEnumerable<Pair> pairs, int? count)
    {
        var (shown, total) = Cut(pairs, count);
        return shown.Count == 0 ? null
            : Table.Of(["Key", "Value"], [.. shown.Select(p => new[] { p.Key, p.Value })], total, hasRowNames: true);
    }

    static Table? Sequence(IEnumerable items, int? count)
    {
        var (shown, total) = Cut(Glimpse.Items(items), count);
        if (shown.All(i => Scalar.Text(i) is not null)) return null;
        if (shown.All(
            i => i is IEnumerable row && Scalar.Text(i) is null && Pair.AllOf(row) is null
                && Glimpse.Items(row).Take(Limits.Columns + 1).All(v => Scalar.Text(v) is not null)))
            return Table.Of([], [.. shown.Select(i => Cut(Glimpse.Items((IEnumerable)i!), null, Limits.Columns + 1).Shown)], total);
        if (shown.Exists(i => i is IEnumerable && Scalar.Text(i) is null)) return Table.Of([], [.. shown.Select(i => new[] { i })], total);
        return Records(shown, total);
    }

    static Table? Records(List<object?> items, int? total)
    {
        var members = items.Select(i => Scalar.Text(i) is null ? Member.Of(i!) : [new Member("Value", i)]).ToList();
        var columns = members.SelectMany(m => m.Select(x => x.Name)).Distinct().ToList();
        if (columns.Count == 0) return null;
        var rows = members.Select(m => columns.Select(c => m.FirstOrDefault(x => x.Name == c) is { } cell ? cell.Value : "").ToList())
            .ToList();
        return Table.Of(columns, rows, total);
    }

    static Table? Properties(IReadOnlyList<Member> members) => members.Count == 0 ? null
        : Table.Of([], [.. members.Take(Limits.Rows).Select(m => new[] { m.Name, m.Value })], members.Count, hasRowNames: true);

    static (List<T> Shown, int? Total) Cut<T>(IEnumerable<T> items, int? count, int limit = Limits.Rows)
    {
        var shown = items.Take(limit + 1).ToList();
        if (shown.Count <= limit) return (shown, shown.Count);
        shown.RemoveAt(limit);
        return (shown, count);
    }
}
