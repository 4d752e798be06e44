namespace Workbook.Helpers;

/// <summary>One experiment, run once for each of many seeds: a row a seed, a column a number.</summary>
/// <remarks>
/// What takes longer than a notebook may take is stored as <c>data/studies/NAME.csv</c>, which this assembly carries.
/// <c>dotnet run --project bench -c Release -- study NAME</c> makes the file anew, all seeds, and says how far the new numbers are from
/// the stored ones; a notebook runs a seed or two and compares them with their rows.
/// </remarks>
public sealed class Study
{
    const string Seed = "seed";

    readonly Dictionary<string, double[]> columns;

    Study(string name, int[] seeds, IReadOnlyList<string> names, IEnumerable<double[]> columns)
    {
        (Name, Seeds, Columns) = (name, seeds, names);
        this.columns = names.Zip(columns).ToDictionary(c => c.First, c => c.Second);
    }

    /// <summary>The name, such as noisy-digits.</summary>
    public string Name { get; }

    /// <summary>The seeds, a row each.</summary>
    public IReadOnlyList<int> Seeds { get; }

    /// <summary>The names of the numbers.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>One number of all seeds, in the order of <see cref="Seeds"/>.</summary>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    /// <exception cref="KeyNotFoundException">The study has no such number.</exception>
    public double[] this[string column] => columns.TryGetValue(column, out var found) ? found
        : throw new KeyNotFoundException(
            $"Study '{Name}': expected one of {string.Join(", ", Columns)}. Received: '{column}'.");

    /// <summary>One number of one seed.</summary>
    /// <param name="seed">One of <see cref="Seeds"/>.</param>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    /// <exception cref="KeyNotFoundException">The study has no such seed or number.</exception>
    public double Of(int seed, string column) => Seeds.ToList().IndexOf(seed) is >= 0 and var row ? this[column][row]
        : throw new KeyNotFoundException($"Study '{Name}': expected one of the seeds {string.Join(", ", Seeds)}. Received: {seed}.");

    /// <summary>The mean of a number over the seeds.</summary>
    /// <param name="column">One of <see cref="Columns"/>.</param>
    public Estimate Mean(string column) => Estimate.Of(this[column]);

    /// <summary>The mean of a − b over the seeds, paired: both come from the same draw.</summary>
    /// <param name="a">One of <see cref="Columns"/>.</param>
    /// <param name="b">What is subtracted.</param>
    public Estimate Difference(string a, string b) => Estimate.Paired(this[a], this[b]);

    /// <summary>The largest |difference| to another run of the same experiment, over the seeds and numbers that both have.</summary>
    /// <param name="other">The other run.</param>
    /// <exception cref="ArgumentException">They have no seed or no number in common.</exception>
    public double Distance(Study other)
    {
        var (seeds, names) = (Seeds.Intersect(other.Seeds).ToList(), Columns.Intersect(other.Columns).ToList());
        return seeds.Count > 0 && names.Count > 0 ? seeds.Max(s => names.Max(c => Math.Abs(Of(s, c) - other.Of(s, c))))
            : throw new ArgumentException(
                $"Study '{Name}': expected a run with some of the same seeds and numbers. Received: '{other.Name}' with none. "
                    + "Compare two runs of one experiment.");
    }

    /// <summary>Runs an experiment for each seed.</summary>
    /// <param name="name">The name, such as noisy-digits.</param>
    /// <param name="seeds">The seeds, each once.</param>
    /// <param name="run">The experiment: a seed → names and numbers, the same names for each seed.</param>
    /// <exception cref="ArgumentException">There is no seed, one stands twice, or the names differ between seeds.</exception>
    public static Study Run(string name, IEnumerable<int> seeds, Func<int, IReadOnlyDictionary<string, double>> run)
    {
        int[] all = [.. seeds];
        if (all.Length == 0 || all.Distinct().Count() < all.Length)
            throw new ArgumentException($"Study '{name}': expected seeds, each once. Received: {string.Join(", ", all)}.", nameof(seeds));
        var rows = Array.ConvertAll(all, s => run(s));
        string[] names = [.. rows[0].Keys];
        foreach (var (seed, row) in all.Zip(rows))
            if (!row.Keys.SequenceEqual(names))
                throw new ArgumentException(
                    $"Study '{name}': expected the numbers {string.Join(", ", names)} of each seed. "
                        + $"Received from seed {seed}: {string.Join(", ", row.Keys)}.", nameof(run));
        return new(name, all, names, names.Select(c => Array.ConvertAll(rows, r => r[c])));
    }

    /// <summary>A study that is stored with the repository: data/studies/NAME.csv.</summary>
    /// <param name="name">The name, such as noisy-digits.</param>
    /// <exception cref="FileNotFoundException">There is no such study.</exception>
    public static Study Stored(string name)
    {
        var file = $"studies/{name}.csv";
        var csv = Csv.Parse(DataFolder.Read(file), file);
        string[] names = [.. csv.Columns.Where(c => c != Seed)];
        return new(name, Array.ConvertAll(csv.Numbers(Seed), s => (int)s), names, names.Select(csv.Numbers));
    }

    /// <summary>Writes the table, with numbers that read back exactly.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void Write(string path) =>
        Csv.Write(path, [Seed, .. Columns], Seeds.Select((s, i) => (double[])[s, .. Columns.Select(c => this[c][i])]));
}
