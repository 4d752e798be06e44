using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Which features share a strength: the names of the groups, and the group of each feature.</summary>
/// <remarks>
/// One strength: <see cref="One"/>. One for each feature: <see cref="PerFeature(int)"/>. Between them a rule on names (<see cref="By"/>),
/// lists of names (<see cref="Named"/>) or runs of columns (<see cref="InOrder"/>). <see cref="Shuffled"/> is the control of a rule:
/// groups of the same sizes that mean nothing. State the rule before you see its error: among many groupings some do well by chance.
/// </remarks>
public sealed class Groups
{
    readonly int[] of;

    Groups(IReadOnlyList<string> names, int[] of) => (Names, this.of) = (names, of);

    /// <summary>The names of the groups, in the order of their strengths.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of groups, and of strengths.</summary>
    public int Count => Names.Count;

    /// <summary>The number of features.</summary>
    public int Features => of.Length;

    /// <summary>The group of each feature: an index into <see cref="Names"/>.</summary>
    public IReadOnlyList<int> Of => of;

    /// <summary>The features of a group, as columns.</summary>
    /// <param name="group">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such group.</exception>
    public IReadOnlyList<int> Members(string group) =>
        [.. Enumerable.Range(0, Features).Where(j => of[j] == IndexOf(group))];

    /// <summary>One strength for all features.</summary>
    /// <param name="features">The number of features.</param>
    /// <param name="name">The name of the group.</param>
    public static Groups One(int features, string name = "all") => InOrder((name, features));

    /// <summary>A strength for each feature.</summary>
    /// <param name="names">The name of each feature, each once.</param>
    /// <exception cref="ArgumentException">There is no name, or one stands twice.</exception>
    public static Groups PerFeature(IReadOnlyList<string> names) => new([.. Once(names)], [.. Enumerable.Range(0, names.Count)]);

    /// <summary>A strength for each feature, named x0, x1, ….</summary>
    /// <param name="features">The number of features.</param>
    public static Groups PerFeature(int features) => PerFeature([.. Enumerable.Range(0, features).Select(j => $"x{j}")]);

    /// <summary>A strength for all features that a rule gives the same name, in the order in which the names occur.</summary>
    /// <param name="features">The name of each feature, each once.</param>
    /// <param name="group">The group of a feature, from its name.</param>
    /// <exception cref="ArgumentException">There is no feature, or one stands twice.</exception>
    public static Groups By(IReadOnlyList<string> features, Func<string, string> group)
    {
        string[] of = [.. Once(features).Select(group)], names = [.. of.Distinct()];
        return new(names, Array.ConvertAll(of, g => Array.IndexOf(names, g)));
    }

    /// <summary>Groups that name their features; each feature stands in one.</summary>
    /// <param name="features">The name of each feature, each once.</param>
    /// <param name="groups">The name of each group, and its features.</param>
    /// <exception cref="ArgumentException">A group names no feature or one that does not exist, or a feature stands in no group or in
    /// two.</exception>
    public static Groups Named(IReadOnlyList<string> features, params (string Name, string[] Features)[] groups)
    {
        _ = Once(features);
        string[] names = [.. Once([.. groups.Select(g => g.Name)])];
        foreach (var (name, members) in groups)
            if (members.Length == 0) throw Empty(name);
            else if (members.Except(features).FirstOrDefault() is { } unknown)
                throw new ArgumentException(
                    $"Groups: expected features among {Some(features)}. Received: '{unknown}' in the group '{name}'. "
                        + "Take the names that the data set has in Features.");
        int[] counts = [.. features.Select(f => groups.Count(g => g.Features.Contains(f)))];
        if (Array.FindIndex(counts, c => c != 1) is >= 0 and var odd)
            throw new ArgumentException(
                $"Groups: expected each feature in one group. Received: '{features[odd]}' in {counts[odd]}. "
                    + (counts[odd] == 0 ? "Add it to a group, or add a group of the rest." : "Take it out of all but one."));
        return new(names, [.. features.Select(f => Array.FindIndex(groups, g => g.Features.Contains(f)))]);
    }

    /// <summary>Groups of neighbouring columns: the first group has the first ones.</summary>
    /// <param name="groups">The name and the number of features of each.</param>
    /// <exception cref="ArgumentException">A group without a feature, or a name that stands twice.</exception>
    public static Groups InOrder(params (string Name, int Features)[] groups)
    {
        if (Array.FindIndex(groups, g => g.Features < 1) is >= 0 and var empty) throw Empty(groups[empty].Name);
        return new([.. Once([.. groups.Select(g => g.Name)])], [.. groups.SelectMany((g, i) => Enumerable.Repeat(i, g.Features))]);
    }

    /// <summary>The same names and sizes, with features drawn by chance: what a grouping does that means nothing.</summary>
    /// <param name="seed">Of the draw; the same seed gives the same groups.</param>
    public Groups Shuffled(int seed) =>
        new(Names, Array.ConvertAll(new SplitMix64((ulong)seed).Permutation(Features), j => of[j]));

    /// <summary>A strength for each feature, from one for each group. Differentiable.</summary>
    /// <param name="strengths">Shape (groups,).</param>
    /// <returns>Shape (features,).</returns>
    public Tensor Spread(Operand strengths) => tf.gather(strengths.value(), of);

    /// <summary>The groups and their sizes.</summary>
    public override string ToString() =>
        string.Join(", ", Names.Take(8).Select((n, g) => $"{n} ({of.Count(i => i == g)})")) + (Count > 8 ? $", … ({Count} groups)" : "");

    internal int IndexOf(string group) => Names.ToList().IndexOf(group) is >= 0 and var i ? i
        : throw new KeyNotFoundException($"Groups: expected one of the groups {Some(Names)}. Received: '{group}'.");

    static ArgumentException Empty(string name) => new(
        $"Groups: expected that each group has a feature. Received: '{name}' with none: no data could judge its strength. "
            + "Name a feature of it, or leave the group out.");

    static IReadOnlyList<string> Once(IReadOnlyList<string> names) => names.Count == 0
        ? throw new ArgumentException("Groups: expected at least one name. Received: none. Name the features, or the groups.")
        : names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new ArgumentException($"Groups: expected names that differ. Received: '{twice.Key}' twice. Rename one of them.")
            : names;

    static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(12)) + (names.Count > 12 ? $", … ({names.Count})" : "");
}
