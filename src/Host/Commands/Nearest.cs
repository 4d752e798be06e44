namespace Workbook.Host.Commands;

/// <summary>Finds what a reader may have meant by a word that is not known.</summary>
internal static class Nearest
{
    /// <summary>The words <c>; did you mean X?</c> without the question mark, or nothing where no known word is near.</summary>
    public static string Suggestion(string word, IEnumerable<string> known)
    {
        var nearest = known.Select(k => (Word: k, Distance: Distance(word, k))).OrderBy(k => k.Distance).FirstOrDefault();
        return nearest.Word is not null && nearest.Distance <= Math.Max(1, word.Length / 3) ? $"; did you mean {nearest.Word}" : "";
    }

    /// <summary>How many letters must be added, removed or changed.</summary>
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, left) = (row[0], row[0] = i);
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(row[j] + 1, left + 1), diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1));
                (diagonal, row[j], left) = (row[j], best, best);
            }
        }

        return row[^1];
    }
}
