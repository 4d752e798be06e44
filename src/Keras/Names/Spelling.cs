using System.Text.RegularExpressions;

namespace Workbook.Keras;

/// <summary>Words for a name that is not known, and the way Keras turns class names into object names.</summary>
static partial class Spelling
{
    /// <summary>"Did you mean …?" with the nearest name, or the list of all when none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        var nearest = known.Select(k => (Name: k, Distance: Distance(name.ToLowerInvariant(), k.ToLowerInvariant())))
            .OrderBy(k => k.Distance).ThenBy(k => char.IsUpper(k.Name[0])).ThenBy(k => k.Name, StringComparer.Ordinal).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, name.Length / 3) ? $"Did you mean '{nearest.Name}'?"
            : $"Known: {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
    }

    /// <exception cref="ArgumentException">The name is none of these.</exception>
    public static void Check(string place, string name, params string[] known)
    {
        if (!known.Contains(name))
            throw new ArgumentException($"{place}: expected {string.Join(", ", known)}. Received: '{name}'. {Suggest(name, known)}");
    }

    /// <summary>BatchNormalization becomes batch_normalization and LeakyReLU leaky_re_lu, as Keras writes it.</summary>
    public static string Snake(string name) => Second().Replace(First().Replace(NotOfWords().Replace(name, ""), "$1_$2"),
        "$1_$2").ToLowerInvariant();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotOfWords();

    [GeneratedRegex("(.)([A-Z][a-z]+)")]
    private static partial Regex First();

    [GeneratedRegex("([a-z])([A-Z])")]
    private static partial Regex Second();

    /// <summary>The number of letters to insert, delete or replace.</summary>
    static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }
}
