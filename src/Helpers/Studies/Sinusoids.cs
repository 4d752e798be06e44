using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Many small tasks of one kind: a sine of its own amplitude and phase, to be told from a few rows.</summary>
/// <remarks>
/// y = amplitude·sin(x − phase), amplitude even in [0.1, 5), phase in [0, π), x in [−5, 5). The features are sin x, cos x and 1, so a
/// linear model can be exact, and the third feature is of no use to any task.
/// </remarks>
public sealed class Sinusoids
{
    Sinusoids(Tensor x, Tensor y, Tensor queryX, Tensor queryY) => (X, Y, QueryX, QueryY) = (x, y, queryX, queryY);

    /// <summary>Features of the rows to adapt to, shape (tasks, rows, 3).</summary>
    public Tensor X { get; }

    /// <summary>Their targets, shape (tasks, rows).</summary>
    public Tensor Y { get; }

    /// <summary>Features of the rows that judge, shape (tasks, queries, 3).</summary>
    public Tensor QueryX { get; }

    /// <summary>Their targets, shape (tasks, queries).</summary>
    public Tensor QueryY { get; }

    /// <summary>The same one by one, with targets as columns.</summary>
    public IReadOnlyList<MetaTask> Tasks => [.. Enumerable.Range(0, X.shape[0]).Select(i =>
        new MetaTask(X[i], tf.expand_dims(Y[i], 1), QueryX[i], tf.expand_dims(QueryY[i], 1)))];

    /// <summary>Draws tasks.</summary>
    /// <param name="tasks">How many.</param>
    /// <param name="rows">Rows to adapt to, of each.</param>
    /// <param name="seed">Of the draw.</param>
    /// <param name="queries">Rows that judge, of each; default 10.</param>
    public static Sinusoids Draw(int tasks, int rows, int seed, int queries = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tasks, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        var random = new SplitMix64((ulong)seed);
        List<double> x = [], y = [], queryX = [], queryY = [];
        for (var i = 0; i < tasks; i++)
        {
            var (amplitude, phase) = (0.1 + 4.9 * random.NextUniform(), Math.PI * random.NextUniform());
            for (var row = 0; row < rows + queries; row++)
            {
                var at = -5 + 10 * random.NextUniform();
                (row < rows ? x : queryX).AddRange([Math.Sin(at), Math.Cos(at), 1]);
                (row < rows ? y : queryY).Add(amplitude * Math.Sin(at - phase));
            }
        }
        return new(Shaped(x, tasks, rows, 3), Shaped(y, tasks, rows), Shaped(queryX, tasks, queries, 3), Shaped(queryY, tasks, queries));
    }

    static Tensor Shaped(List<double> values, params int[] shape) => tf.reshape(tf.constant(values.ToArray()), new Shape(shape));
}
