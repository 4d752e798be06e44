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

    /// <summary>Each direction with the subjects that take part.</summary>
    public IReadOnlyList<(FlatDirection Direction, Subject[] Subjects)> Find()
    {
        var count = asked.Sum(s => s.Start.size);
        if (asked.Length < 2 || count > MostOfAll) return [];
        return examination.Scratch<IReadOnlyList<(FlatDirection, Subject[])>>(() =>
        {
            if (Flat(count) is not { Count: > 0 } here) return [];
            // Where it stands a slope may be one of others by chance: x and 2·x³ at one place.
            var random = new SplitMix64(1);
            foreach (var s in asked)
            {
                double[] moved = [.. s.Start.ToArray<double>().Select(v => v + s.Scale * (0.1 + 0.1 * random.NextUniform()))];
                s.Variable.Try(tf.cast(tf.reshape(tf.constant(moved), s.Start.shape), s.Start.dtype));
            }
            var beside = Flat(count) ?? [];
            return [.. here.Where(f => beside.Any(b => b.Subjects.SequenceEqual(f.Subjects)))];
        });
    }

    /// <summary>The directions, of several variables each, along which the loss does not change either.</summary>
    List<(FlatDirection Direction, Subject[] Subjects)>? Flat(int count)
    {
        using var tape = tf.GradientTape(persistent: true);
        tape.watch(asked.Select(s => (Operand)s.Variable));
        if (examination.Patient.Predictions() is not { } said || said.size < Rows * count) return null;
        var some = tf.gather(said, Places(said.size, Math.Min(said.size, 2 * Rows * count)));
        Tensor[] slopes = [.. tape.jacobian(some, asked.Select(s => (Operand)s.Variable), UnconnectedGradients.ZERO)
            .Select(j => tf.cast(tf.reshape(j, (some.size, -1)), said.dtype))];
        if (!slopes.All(Derivatives.AreFinite)) return null;
        // Of what no prediction reads nothing is told here.
        (int Subject, int Element)[] columns = [.. asked.SelectMany((s, k) => Enumerable.Range(0, s.Start.size).Select(i => (k, i)))
            .Where(c => (double)tf.reduce_max(tf.abs(slopes[c.k][.., c.i])) > 0)];
        if (columns.Length < 2) return null;
        var names = columns.Select(c => NameOf(c.Subject, c.Element)).ToArray();
        if (names.Distinct().Count() < names.Length) return null;
        var gradients = examination.Patient.Gradients([.. asked.Select(s => s.Variable)]).Gradients;
        return [.. Identifiability.Of(tf.stack([.. columns.Select(c => slopes[c.Subject][.., c.Element])], 1), names).Flat
            .Select(f => (Direction: f, Parts: columns.Where((_, i) => f[names[i]] != 0).ToArray()))
            .Where(f => f.Parts.Select(p => p.Subject).Distinct().Count() > 1 && IsLevel(f.Direction, f.Parts, gradients))
            .Select(f => (f.Direction, f.Parts.Select(p => asked[p.Subject]).Distinct().ToArray()))];
    }

    /// <summary>A penalty may tell apart what no prediction does.</summary>
    bool IsLevel(FlatDirection direction, (int Subject, int Element)[] parts, Tensor?[] gradients)
    {
        double[] along = [.. parts.Select(p => gradients[p.Subject] is { } g
            ? direction[NameOf(p.Subject, p.Element)] * tf.reshape(g, -1).ToArray<double>()[p.Element] : 0)];
        return Math.Abs(along.Sum()) <= 1e-3 * along.Sum(Math.Abs);
    }

    string NameOf(int subject, int element) =>
        asked[subject].Start.size == 1 ? asked[subject].Name : $"{asked[subject].Name}[{element}]";

    static Tensor Places(int size, int count) =>
        tf.constant(Enumerable.Range(0, count).Select(i => (int)((long)i * size / count)).ToArray());
}
