using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>Learned variables that can stand in for each other in what a model says of a batch: where they stand, and beside it
/// too.</summary>
/// <remarks>What one variable can do alone is not asked here: shares that sum to 1 have such a direction by their making.</remarks>
sealed class ToldApart(Examination examination, IReadOnlyList<Subject> subjects)
{
    /// <summary>Of larger variables, and of more numbers than that, nothing is asked: each prediction is a backward pass.</summary>
    const int Most = 8, MostOfAll = 24;

    /// <summary>So many predictions there should be for each number.</summary>
    const int Rows = 4;

    readonly Subject[] asked = [.. subjects.Where(s => s.Start.size <= Most)];

    /// <summary>What was seen at one place: for each number its name, whose it is, its slopes, and that of the loss.</summary>
    sealed record Number(string Name, Subject Subject, Tensor Slopes, double Gradient);

    /// <summary>Each direction with the subjects that take part.</summary>
    public IReadOnlyList<(FlatDirection Direction, Subject[] Subjects)> Find()
    {
        var count = asked.Sum(s => s.Start.size);
        if (asked.Length < 2 || count > MostOfAll) return [];
        return examination.Scratch<IReadOnlyList<(FlatDirection, Subject[])>>(() =>
        {
            var here = Directions(Look(count));
            if (here.Count == 0) return [];
            // Where it stands a slope may be one of others by chance: x and 2·x³ at one place.
            var random = new SplitMix64(1);
            foreach (var s in asked)
            {
                double[] moved = [.. s.Start.ToArray<double>().Select(v => v + s.Scale * (0.1 + 0.1 * random.NextUniform()))];
                s.Variable.Try(tf.cast(tf.reshape(tf.constant(moved), s.Start.shape), s.Start.dtype));
            }
            var beside = Look(count);
            return [.. here.Where(f => Directions([.. beside.Where(c => f.Subjects.Contains(c.Subject))]).Count > 0)];
        });
    }

    /// <summary>The columns that predictions read; none where too little is said to tell.</summary>
    Number[] Look(int count)
    {
        using var tape = tf.GradientTape(persistent: true);
        tape.watch(asked.Select(s => (Operand)s.Variable));
        if (examination.Patient.Predictions() is not { } said || said.size < Rows * count) return [];
        var some = tf.gather(said, Places(said.size, Math.Min(said.size, 2 * Rows * count)));
        Tensor[] slopes = [.. tape.jacobian(some, asked.Select(s => (Operand)s.Variable), UnconnectedGradients.ZERO)
            .Select(j => tf.cast(tf.reshape(j, (some.size, -1)), said.dtype))];
        if (!slopes.All(Derivatives.AreFinite)) return [];
        var gradients = examination.Patient.Gradients([.. asked.Select(s => s.Variable)]).Gradients;
        return [.. asked.SelectMany((s, k) => Enumerable.Range(0, s.Start.size).Select(i => new Number(
                s.Start.size == 1 ? s.Name : $"{s.Name}[{i}]", s, slopes[k][.., i],
                gradients[k] is { } g ? tf.reshape(g, -1).ToArray<double>()[i] : 0)))
            .Where(c => (double)tf.reduce_max(tf.abs(c.Slopes)) > 0)];
    }

    /// <summary>The directions, of several variables each, along which the loss does not change either.</summary>
    static List<(FlatDirection Direction, Subject[] Subjects)> Directions(IReadOnlyList<Number> columns)
    {
        string[] names = [.. columns.Select(c => c.Name)];
        if (names.Length < 2 || names.Distinct().Count() < names.Length) return [];
        return [.. Identifiability.Of(tf.stack([.. columns.Select(c => c.Slopes)], 1), names).Flat
            .Select(f => (Direction: f, Parts: columns.Where(c => f[c.Name] != 0).ToArray()))
            .Where(f => IsLevel(f.Direction, f.Parts))
            .Select(f => (f.Direction, Subjects: f.Parts.Select(p => p.Subject).Distinct().ToArray()))
            .Where(f => f.Subjects.Length > 1)];
    }

    /// <summary>A penalty may tell apart what no prediction does.</summary>
    static bool IsLevel(FlatDirection direction, Number[] parts)
    {
        double[] along = Array.ConvertAll(parts, p => direction[p.Name] * p.Gradient);
        return Math.Abs(along.Sum()) <= 1e-3 * along.Sum(Math.Abs);
    }

    static Tensor Places(int size, int count) =>
        tf.constant(Enumerable.Range(0, count).Select(i => (int)((long)i * size / count)).ToArray());
}
