using Workbook.Tensors;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>
/// Where the elements of an input lie, and which points they keep a distance from because the op has a kink or a jump there.
/// </summary>
readonly record struct Domain(double Low, double High, params double[] Kinks);

/// <summary>Random float64 inputs, the same on every run: the generator is seeded by a name.</summary>
/// <param name="name">Usually the op's name, so that a new row does not move the numbers of the others.</param>
sealed class Samples(string name)
{
    /// <summary>Far enough for the widest step of the difference stencil, twice 1e-3.</summary>
    const double Distance = 0.01;

    readonly Random random = new(name.Aggregate(17, (h, c) => unchecked(h * 31 + c)));

    /// <summary>
    /// One input per shape and domain. Of all elements no two are close to each other where domains are the same, so that maxima have no
    /// ties.
    /// </summary>
    public Tensor[] Inputs(params ReadOnlySpan<(Shape Shape, Domain Domain)> inputs)
    {
        var total = 0;
        foreach (var (shape, _) in inputs) total += shape.Size;
        var slots = Enumerable.Range(0, total).ToArray();
        random.Shuffle(slots);
        var (result, next) = (new Tensor[inputs.Length], 0);
        for (var k = 0; k < inputs.Length; k++)
        {
            var (shape, domain) = inputs[k];
            var values = new double[shape.Size];
            for (var i = 0; i < values.Length; i++) values[i] = Place((slots[next++] + 0.25 + 0.5 * random.NextDouble()) / total, domain);
            result[k] = Tensor.FromSpan<double>(values, shape);
        }
        return result;
    }

    /// <summary>Weights of either sign, not small.</summary>
    public Tensor Weights(Shape shape)
    {
        var values = new double[shape.Size];
        for (var i = 0; i < values.Length; i++) values[i] = (random.Next(2) == 0 ? -1 : 1) * (0.25 + 1.5 * random.NextDouble());
        return Tensor.FromSpan<double>(values, shape);
    }

    static double Place(double fraction, Domain domain)
    {
        var x = domain.Low + (domain.High - domain.Low) * fraction;
        foreach (var kink in domain.Kinks ?? [])
            if (Math.Abs(x - kink) < Distance) x = kink + (x < kink ? -Distance : Distance);
        return x;
    }
}
