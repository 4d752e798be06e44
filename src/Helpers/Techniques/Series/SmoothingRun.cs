using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>Level, trend and season of a series, moved by each value, and what was expected of it before.</summary>
sealed class SmoothingRun
{
    readonly Queue<Tensor>? season;
    readonly bool multiplies;
    Tensor level;
    Tensor? trend;

    /// <param name="values">What is forecast, in its order.</param>
    /// <param name="level">The first level.</param>
    /// <param name="trend">The first trend; null for none.</param>
    /// <param name="season">The first season, as many as its period; null for none.</param>
    /// <param name="multiplies">Whether the season is a factor.</param>
    /// <param name="constants">α, and β where there is a trend, and γ where there is a season.</param>
    public SmoothingRun(ReadOnlySpan<double> values, double level, double? trend, double[]? season, bool multiplies, Tensor[] constants)
    {
        (this.level, this.trend, this.multiplies) = (Constant(level), trend is { } t ? Constant(t) : null, multiplies);
        if (season is not null) this.season = new(season.Select(Constant));
        var expected = new Tensor[values.Length];
        for (var i = 0; i < values.Length; i++) expected[i] = Step(values[i], constants);
        Expected = expected;
    }

    /// <summary>What each value was expected to be one step before.</summary>
    public Tensor[] Expected { get; }

    /// <summary>The next values, seen from the end.</summary>
    public IEnumerable<Operand> Ahead(int steps)
    {
        var seasons = season?.ToArray();
        for (var h = 1; h <= steps; h++)
        {
            var path = trend is null ? level : level + h * trend;
            yield return seasons is null ? path : With(path, seasons[(h - 1) % seasons.Length]);
        }
    }

    Tensor Step(double x, Tensor[] constants)
    {
        var path = trend is null ? level : level + trend;
        var turn = season?.Dequeue();
        var expected = turn is null ? path : With(path, turn);
        level = path + constants[0] * (turn is null ? x - path : Without(x, turn) - path);
        if (trend is not null) trend += constants[1] * (level - path);
        if (turn is not null) season!.Enqueue(turn + constants[2] * (Without(x, level) - turn));
        return expected;
    }

    Tensor With(Tensor path, Tensor turn) => multiplies ? path * turn : path + turn;

    Tensor Without(double x, Tensor part) => multiplies ? x / part : x - part;

    static Tensor Constant(double value) => tf.constant(value, tf.float64);
}
