using Workbook.Host.Commands;
using Workbook.Host.Documents;
using Workbook.Host.Wording;

namespace Workbook.Host.Run;

/// <summary>Some cells of a notebook: by number, by range of numbers, or by tag.</summary>
sealed class CellSelection
{
    readonly List<(string Word, Func<int, Cell, bool> Names)> words = [];

    /// <summary>Every cell.</summary>
    public static CellSelection All { get; } = new();

    /// <summary>
    /// The cells that any of the words names: <c>7</c>, <c>3-7</c>, <c>parameters</c>, <c>1,4,parameters</c>. No words name all cells.
    /// </summary>
    /// <exception cref="FormatException">A word is neither a number, nor a range, nor a tag.</exception>
    public static CellSelection Parse(IEnumerable<string> words)
    {
        var selection = new CellSelection();
        foreach (var word in words.SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries)))
        {
            var ends = word.Split('-', 2);
            if (int.TryParse(ends[0], out var first))
            {
                var last = first;
                if (first < 1 || (ends.Length == 2 && (!int.TryParse(ends[1], out last) || last < first))) throw Refusal(word);
                selection.words.Add((word, (number, _) => number >= first && number <= last));
            }
            else if (word.Length == 0) throw Refusal("an empty word");
            else selection.words.Add((word, (_, cell) => CellOptions.Argument(cell.Tags, word) is not null));
        }

        return selection;
    }

    /// <summary>Whether it leaves out no cell.</summary>
    public bool IsAll => words.Count == 0;

    /// <summary>Whether a run executes the cell: it is one of them and not marked to be skipped.</summary>
    public bool Runs(int number, Cell cell) =>
        (words.Count == 0 || words.Exists(w => w.Names(number, cell))) && CellOptions.Argument(cell.Tags, "skip-execution") is null;

    /// <summary>
    /// The same cells where values of parameters have been put among them: numbers are those of the file, and a cell of values belongs to
    /// the one before it.
    /// </summary>
    public CellSelection In(NotebookDocument document)
    {
        var numbers = new int[document.Cells.Count];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = (i == 0 ? 0 : numbers[i - 1]) + (document.Cells[i].IsAdded ? 0 : 1);
        var selection = new CellSelection();
        selection.words.AddRange(words.Select(w => (w.Word,
            (Func<int, Cell, bool>)((number, cell) => w.Names(numbers[number - 1], cell)
                || (cell.IsAdded && w.Names(numbers[number - 1], document.Cells[number - 2]))))));
        return selection;
    }

    /// <summary>What is wrong with the words for these notebooks: one that names a cell with code in none of them.</summary>
    public IEnumerable<string> Problems(IReadOnlyCollection<NotebookDocument> documents)
    {
        if (documents.Count == 0) return [];
        var tags = documents.SelectMany(d => d.Cells).Where(c => c.IsCode).SelectMany(c => c.Tags).Select(CellOptions.Name).Distinct()
            .Order().ToList();
        return words.Where(w => !documents.Any(d => d.Cells.Where((c, i) => c.IsCode && w.Names(i + 1, c)).Any())).Select(w =>
            $"--only {w.Word}: no cell with code has "
                + $"this {(char.IsAsciiDigit(w.Word[0]) ? "number. Numbers count all cells, Markdown cells too" : $"tag{Nearest.Suggestion(w.Word, tags)}. {(tags.Count == 0 ? "There are none" : $"Known are {string.Join(", ", tags)}")}")}.");
    }

    static FormatException Refusal(string word) =>
        new($"--only: expected a cell number such as 7, a range such as 3-7, or a tag. Received: {word}.");
}
