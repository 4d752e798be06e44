using Workbook.Host.Documents;

namespace Workbook.Host.Run;

/// <summary>Some cells of a notebook: by number, by range of numbers, or by tag.</summary>
internal sealed class CellSelection
{
    readonly List<(int First, int Last)> ranges = [];

    readonly List<string> tags = [];

    /// <summary>Every cell.</summary>
    public static CellSelection All { get; } = new();

    /// <summary>The cells that any of the words names: <c>7</c>, <c>3-7</c>, <c>parameters</c>. No words name all cells.</summary>
    /// <exception cref="FormatException">A word is neither a number, nor a range, nor a tag.</exception>
    public static CellSelection Parse(IEnumerable<string> words)
    {
        var selection = new CellSelection();
        foreach (var word in words)
        {
            var ends = word.Split('-', 2);
            if (int.TryParse(ends[0], out var first))
            {
                var last = first;
                if (first < 1 || (ends.Length == 2 && (!int.TryParse(ends[1], out last) || last < first)))
                    throw new FormatException($"--only: expected a cell number such as 7, a range such as 3-7, or a tag; received {word}.");
                selection.ranges.Add((first, last));
            }
            else selection.tags.Add(word);
        }

        return selection;
    }

    /// <summary>Whether the cell is one of them.</summary>
    public bool Contains(int number, Cell cell) => ranges.Count + tags.Count == 0
        || ranges.Any(r => number >= r.First && number <= r.Last)
        || tags.Any(t => CellOptions.Argument(cell.Tags, t) is not null);
}
