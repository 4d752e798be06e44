using Workbook.Keras;
using Workbook.Tensors;
using static Workbook.Helpers.Numbers;

namespace Workbook.Helpers;

/// <summary>Keeps the evolution of learned variables: value, gradient and judge of each at every step, and the losses.</summary>
/// <remarks>
/// A scalar variable is one series under its name; a small one is one series for each element, such as <c>w[0]</c>; a larger one is its
/// length, <c>‖w‖</c>. Gradients are named <c>∂λ</c>. The raw value of a <see cref="DomainVariable"/> is recorded under the name and in the
/// units of the
/// variable; its gradient is that of the raw value, which is what moved it. Memory is bounded: when the capacity is reached, every second
/// step is dropped and from then
/// on only every second step is kept; the first and the latest step always stay.
/// </remarks>
[TypeFormatterSource(typeof(RecorderFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class Recorder
{
    const int Elements = 8;

    readonly Variable[] variables;
    readonly KeptSteps steps;
    string[]? columns;
    readonly Dictionary<string, Judge> judgeLosses = [];
    string[] losses = [];
    bool withGradients;

    /// <summary>A recorder of the given variables.</summary>
    /// <param name="variables">The learned variables; their names must differ.</param>
    /// <param name="judge">Who judges those of which a judge, a multiplier or a technique of this library does not say it itself.</param>
    /// <param name="capacity">The largest number of steps kept, at least 2.</param>
    /// <exception cref="ArgumentException">Two variables have the same name, or the capacity is too small.</exception>
    public Recorder(IEnumerable<Variable> variables, Judge judge = Judge.Train, int capacity = 4096)
    {
        this.variables = [.. variables];
        steps = capacity >= 2 ? new(capacity)
            : throw new ArgumentException($"Recorder: expected a capacity of at least 2. Received: {capacity}.");
        Judge = judge;
        if (this.variables.GroupBy(NameOf).FirstOrDefault(g => g.Count() > 1) is { } same)
            throw new ArgumentException(
                $"Recorder: expected variables with different names. Received: '{same.Key}' {same.Count()} times. "
                    + "Name them: tf.Variable(0.1, name: \"strength\").");
    }

    /// <summary>Who judges the variables, where nothing in this library says it of one.</summary>
    public Judge Judge { get; }

    /// <summary>
    /// Who judges the variable of a series, at the latest step; for a loss, whose loss it is. It is the badge of its line.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public Judge JudgeOf(string name) => Place(name) is >= 0 and var k ? steps.Latest?.Judges[k] ?? JudgeNow(variables[k])
        : judgeLosses.TryGetValue(name, out var judge) ? judge : losses.Contains(name) ? Judge.Train : Judge;

    /// <summary>Who judged the variable of a series at each kept step: a judge may come and go between fits.</summary>
    /// <param name="name">The name of a variable or of its gradient.</param>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    public Judge[] JudgesOf(string name) => Place(name) is >= 0 and var k ? [.. steps.All.Select(s => s.Judges[k])]
        : throw new KeyNotFoundException(
            $"Recorder: expected the series of a variable, such as {string.Join(", ", variables.SelectMany(Series))}. Received: '{name}'.");

    /// <summary>The names of the series, in their order: variables, their gradients, losses. Empty before the first step.</summary>
    public IReadOnlyList<string> Names => columns ?? [];

    /// <summary>The kept steps, in their order.</summary>
    public double[] Steps => [.. steps.All.Select(s => (double)s.Step)];

    /// <summary>How many steps one kept step stands for: 1 until the capacity is reached, then 2, 4, …</summary>
    public int Stride => steps.Stride;

    /// <summary>One series at the kept steps.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="KeyNotFoundException">There is no such series.</exception>
    public double[] this[string name]
    {
        get
        {
            var index = Array.IndexOf(columns ?? [], name);
            return index >= 0 ? [.. steps.All.Select(s => s.At(index))]
                : throw new KeyNotFoundException($"Recorder: expected one of {string.Join(", ", Names)}. Received: '{name}'.");
        }
    }

    /// <summary>Records the current values of the variables.</summary>
    /// <param name="step">The number of updates so far.</param>
    /// <param name="gradients">The gradients of the variables, in their order, as a tape gives them; null: none are recorded.</param>
    /// <param name="losses">Names and values of losses; the same names at every step.</param>
    /// <exception cref="ArgumentException">There are not as many gradients as variables, or other losses than at the first
    /// step.</exception>
    public void Record(int step, IReadOnlyList<Tensor?>? gradients = null, params IReadOnlyList<(string Name, double Value)> losses)
    {
        if (gradients is not null && gradients.Count != variables.Length)
            throw new ArgumentException(
                $"Recorder: expected {variables.Length} gradients, one for each variable. Received: {gradients.Count}.");
        Begin(gradients is not null, losses.Select(l => l.Name));
        if (withGradients != gradients is not null || losses.Count != this.losses.Length
            || losses.Zip(this.losses).Any(l => l.First.Name != l.Second))
            throw new ArgumentException(
                $"Recorder: expected the series of the first step ({string.Join(", ", Names)}). "
                    + $"Received: {(gradients is null ? "no gradients" : "gradients")} and the "
                        + $"losses ({string.Join(", ", losses.Select(l => l.Name))}).");
        Add(step, gradients, Array.ConvertAll(variables, JudgeNow), losses.Select(l => l.Value));
    }

    /// <summary>The columns are those of the first step.</summary>
    void Begin(bool gradients, IEnumerable<string> losses)
    {
        if (columns is not null) return;
        (withGradients, this.losses) = (gradients, [.. losses]);
        columns = [.. variables.SelectMany(Series), .. gradients ? variables.SelectMany(v => Series(v).Select(n => "∂" + n)) : [],
            .. this.losses];
    }

    void Add(int step, IReadOnlyList<Tensor?>? gradients, Judge[] judges, IEnumerable<double> losses)
    {
        var (values, at) = (new double[columns!.Length], 0);
        foreach (var v in variables) at += Write(DomainVariable.Of(v)?.Value ?? v.read_value(), values.AsSpan(at));
        for (var k = 0; k < gradients?.Count; k++)
            at += gradients[k] is { } g ? Write(g, values.AsSpan(at)) : Unknown(variables[k], values.AsSpan(at));
        foreach (var loss in losses) values[at++] = loss;
        steps.Add(new(step, judges, values));
    }

    /// <summary>
    /// A callback for <c>model.fit</c> that records after each step the variables, the gradients that moved them, and the loss that the fit
    /// reports (the mean over the epoch so far).
    /// </summary>
    /// <remarks>
    /// Put it after the callback of a judge, so that it sees what the judge did in the same step; its loss is the series "judge loss", NaN
    /// while no judge has spoken.
    /// A gradient that nothing used is NaN; of a train_step of your own none is known, and where its logs have no "loss" that is NaN too.
    /// Steps count on over fits.
    /// </remarks>
    public Callback ToCallback() => new RecorderCallback(this);

    /// <summary>Records a step of a fit.</summary>
    internal void Record(double loss)
    {
        // What the fit moves is judged by the fit, whatever judge moved it before.
        var moved = Array.ConvertAll(variables, LatestGradient.Of);
        var judged = Array.ConvertAll(variables, Judged.Of);
        Begin(true, ["loss"]);
        if (!withGradients || losses[0] != "loss")
            throw new ArgumentException(
                $"Recorder: expected the series of the first step ({string.Join(", ", Names)}). "
                    + "Received: a step of a fit, with gradients and the series 'loss'. Use a recorder of its own for a fit.");
        foreach (var (name, judge) in Speaking()) Open(name, judge.Judge);
        Add(steps.Latest is { } latest ? latest.Step + 1 : 1, moved.Zip(judged, (g, j) => g ?? j?.Gradient).ToList(),
            [.. variables.Select((v, k) => moved[k] is not null && judged[k]?.Gradient is not null ? Judge : JudgeNow(v))],
            losses.Select(name => name == "loss" ? loss : Speaking().FirstOrDefault(s => s.Name == name).Judged?.Loss ?? double.NaN));

        IEnumerable<(string Name, Judged Judged)> Speaking() =>
            judged.Where((j, k) => moved[k] is null && j?.Loss is not null).DistinctBy(j => j!.Mover)
            .Select((j, i) => (i == 0 ? "judge loss" : $"judge loss {i + 1}", j!));
    }

    /// <summary>Begins the series of a judge that speaks for the first time.</summary>
    void Open(string name, Judge judge)
    {
        judgeLosses[name] = judge;
        if (losses.Contains(name)) return;
        (losses, columns) = ([.. losses, name], [.. Names, name]);
    }

    /// <summary>
    /// The first kept step at which a series fulfils a condition; null when none does. Exact while <see cref="Stride"/> is 1.
    /// </summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="condition">What is looked for, such as <c>v => v &lt; 0</c>.</param>
    public int? First(string name, Func<double, bool> condition)
    {
        var index = Array.FindIndex(this[name], v => condition(v));
        return index < 0 ? null : (int)Steps[index];
    }

    /// <summary>The evolution of series over the steps; takes further marks, such as a truth.</summary>
    /// <param name="title">The message of the chart in one sentence.</param>
    /// <param name="y">What the vertical axis shows, with its unit.</param>
    /// <param name="series">Some of <see cref="Names"/>; none: all variables.</param>
    /// <param name="x">What the horizontal axis shows.</param>
    /// <param name="logX">Whether the horizontal scale is logarithmic.</param>
    /// <param name="logY">Whether the vertical scale is logarithmic.</param>
    public Plot ToFigure(string title, string y, IReadOnlyList<string>? series = null, string x = "step", bool logX = false,
        bool logY = false)
    {
        var plot = new Plot(title, x, y, logX, logY);
        foreach (var name in series ?? [.. variables.SelectMany(Series)]) plot.Line(name, Steps, this[name], JudgeOf(name));
        return plot;
    }

    /// <summary>Some of the kept steps as a table, evenly spread, the first and the last among them.</summary>
    /// <param name="rows">The largest number of rows, at least 2.</param>
    public Table ToTable(int rows = 10)
    {
        var all = steps.All.ToList();
        var shown = all.Count <= rows ? all
            : [.. Enumerable.Range(0, rows).Select(i => all[(int)Math.Round(i * (all.Count - 1.0) / (rows - 1))])];
        return new(["step", .. Names], shown.Select(s => (string[])[Show(s.Step, 5), .. Names.Select((_, i) => Show(s.At(i), 5))]));
    }

    /// <summary>Ten of the kept steps as a table.</summary>
    public override string ToString() => ToTable().ToString();

    /// <summary>
    /// Writes all kept steps to a CSV file, with numbers that read back exactly, and a column "judge of NAME" for each variable with a word
    /// of <see cref="Judge"/>.
    /// </summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    public void ToCsv(string path) => Csv.Write(path, ["step", .. Names, .. variables.Select(v => "judge of " + NameOf(v))],
        steps.All.Select(
            s => (string[])[Csv.Exact(s.Step), .. Names.Select((_, i) => Csv.Exact(s.At(i))), .. s.Judges.Select(j => j.ToString())]));

    /// <summary>
    /// Writes all kept steps for TensorBoard: a scalar learned/NAME for each variable, gradient/NAME for its gradient, loss/NAME for a
    /// loss.
    /// </summary>
    /// <param name="log_dir">The folder; each call adds a file of its own. View it with <c>tensorboard --logdir logs</c>.</param>
    public void ToTensorBoard(string log_dir)
    {
        using var file = new EventFile(log_dir);
        foreach (var step in steps.All)
            for (var i = 0; i < Names.Count; i++) file.Add(Tag(Names[i]), step.At(i), step.Step);
    }

    string Tag(string name) => losses.Contains(name) ? "loss/" + name : name.StartsWith('∂') ? "gradient/" + name[1..] : "learned/" + name;

    Judge JudgeNow(Variable v) => Judged.Of(v)?.Judge ?? Judge;

    int Place(string name) => Array.FindIndex(variables, v => Series(v).Any(s => s == name || "∂" + s == name));

    static string NameOf(Variable v) => DomainVariable.Of(v)?.Name ?? v.name;

    static IEnumerable<string> Series(Variable v) =>
        v.shape.Size == 1 ? [NameOf(v)] : v.shape.Size <= Elements ? Enumerable.Range(0, v.shape.Size).Select(i => $"{NameOf(v)}[{i}]")
            : [$"‖{NameOf(v)}‖"];

    /// <summary>Writes the elements of a tensor, or its length when they are many; how many numbers that is.</summary>
    static int Write(Tensor t, Span<double> row)
    {
        if (t.size == 1) row[0] = t.Item<double>();
        else if (t.size <= Elements) t.ToArray<double>().CopyTo(row);
        else row[0] = Math.Sqrt(t.ToArray<double>().Sum(v => v * v));
        return t.size <= Elements ? t.size : 1;
    }

    static int Unknown(Variable v, Span<double> row)
    {
        var count = v.shape.Size <= Elements ? v.shape.Size : 1;
        row[..count].Fill(double.NaN);
        return count;
    }
}
