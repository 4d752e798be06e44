using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Which variables the predictions on some rows can tell apart, and what can move without changing any of them.</summary>
/// <remarks>
/// The slopes of all predictions by all variables are the columns of a table J. Where a column is a sum of others, one variable can make up
/// for them: moved together, they change no prediction to first order, on these rows and at this place. No loss of the predictions, no rate
/// and no number of steps can tell where along such a direction the truth lies. Columns are compared in units of their own length, so the
/// units of the variables do not matter. Full rank is no promise: a loss may still have many minima, or its best value at infinity.
/// Source: T. Rothenberg, Identification in Parametric Models, Econometrica 39 (1971).
/// </remarks>
public sealed class Identifiability
{
    Identifiability(int unknowns, IReadOnlyList<FlatDirection> flat) => (Unknowns, Flat) = (unknowns, flat);

    /// <summary>How many numbers there are to learn.</summary>
    public int Unknowns { get; }

    /// <summary>How many of them, or of their combinations, are told: <see cref="Unknowns"/> less the flat directions.</summary>
    public int Rank => Unknowns - Flat.Count;

    /// <summary>Whether the predictions tell all.</summary>
    public bool IsFull => Flat.Count == 0;

    /// <summary>What can move together without changing a prediction; none where all is told.</summary>
    public IReadOnlyList<FlatDirection> Flat { get; }

    /// <summary>Looks at a function of variables, where they stand now.</summary>
    /// <remarks>One backward pass for each prediction: some hundred rows will do.</remarks>
    /// <param name="predictions">What the model says of its rows, of any shape; training it is up to the loss.</param>
    /// <param name="variables">Those that are to be learned, weights among them; of one name, the second is "name (2)".</param>
    /// <exception cref="ArgumentException">There is no variable.</exception>
    public static Identifiability Of(Func<Tensor> predictions, params IReadOnlyList<Variable> variables)
    {
        if (variables.Count == 0)
            throw new ArgumentException("Identifiability: expected variables. Received: none. Give those that are to be learned.");
        variables = [.. variables.Distinct()];
        using var tape = tf.GradientTape();
        tape.watch(variables.Select(v => (Operand)v));
        var y = predictions();
        var slopes = tape.jacobian(y, variables.Select(v => (Operand)v), UnconnectedGradients.ZERO);
        return Of(tf.concat([.. slopes.Select(s => tf.cast(tf.reshape(s, (y.size, -1)), y.dtype))], 1),
            [.. variables.SelectMany((v, k) => Names(v, NameOf(variables, k)))]);
    }

    /// <summary>Looks at columns: the slopes of predictions, or the features of a linear model.</summary>
    /// <param name="columns">Shape (rows, unknowns).</param>
    /// <param name="names">A name for each column.</param>
    /// <exception cref="ArgumentException">Not a name of its own for each column, no row, or a value that is not finite.</exception>
    public static Identifiability Of(Tensor columns, IReadOnlyList<string> names)
    {
        if (columns.ndim == 2 && columns.shape[0] == 0)
            throw new ArgumentException("Identifiability: expected at least one prediction. Received: none, which tell nothing. Give the rows "
                + "that training will see.");
        if (columns.ndim != 2 || columns.shape[1] != names.Count || names.Distinct().Count() < names.Count)
            throw new ArgumentException($"Identifiability: expected a table with a column for each of {names.Distinct().Count()} different names. "
                + $"Received: shape {columns.shape} and {names.Count} names. Name every column once.");
        var within = columns.dtype == DType.Float64 ? 1e-9 : 1e-4;
        columns = tf.cast(columns, tf.float64);
        Column.NoGaps(nameof(Identifiability), columns);
        var all = tf.transpose(columns).ToArray<double>().Chunk(Math.Max(1, columns.shape[0])).ToArray();
        return new(names.Count, new PivotedColumns(all, within).Dependent.ConvertAll(d =>
            new FlatDirection([(names[d.Column], 1), .. d.By.Select(b => (names[b.Column], -b.Factor))])));
    }

    /// <summary>The number of unknowns, how many are told, and each flat direction.</summary>
    public override string ToString() => IsFull ? $"{Unknowns} unknowns, all told by the predictions"
        : $"{Unknowns} unknowns, {Rank} told by the predictions. Free to move: {string.Join("; ", Flat)}";

    /// <summary>Its name, numbered where another has it too.</summary>
    static string NameOf(IReadOnlyList<Variable> variables, int index) =>
        variables.Take(index).Count(v => v.name == variables[index].name) is > 0 and var before
            ? $"{variables[index].name} ({before + 1})" : variables[index].name;

    static IEnumerable<string> Names(Variable variable, string name) =>
        variable.shape.Size == 1 ? [name] : Enumerable.Range(0, variable.shape.Size).Select(i => Element(variable, name, i));

    static string Element(Variable variable, string name, int index)
    {
        var place = new List<int>();
        foreach (var length in variable.shape.Reverse())
        {
            place.Insert(0, index % length);
            index /= length;
        }
        return $"{name}[{string.Join(", ", place)}]";
    }
}
