using Workbook.Tensors;

namespace Workbook.Tests.Tensors;

/// <summary>A function's outputs with its first and second gradients, by two nested tapes.</summary>
/// <param name="Outputs">f(xs).</param>
/// <param name="First">Per input: the gradient of Σ cotangent · output; null where none flows or the input is not floating.</param>
/// <param name="Second">Per input: the gradient of Σ tangent · First.</param>
sealed record Derivatives(Tensor[] Outputs, Tensor?[] First, Tensor?[] Second)
{
    /// <summary>Only the outputs that are floating are differentiated, by the inputs that are.</summary>
    public static Derivatives Of(Func<Tensor[], Tensor[]> f, Tensor[] xs, Tensor?[] cotangents, Tensor?[] tangents)
    {
        var floating = Enumerable.Range(0, xs.Length).Where(i => xs[i].dtype.IsFloating()).ToArray();
        var sources = Array.ConvertAll(floating, i => xs[i]);
        Tensor[] outputs;
        Tensor?[] first;
        var outer = tf.GradientTape();
        using (outer)
        {
            outer.watch(sources);
            (outputs, first) = FirstOf(f, xs, sources, cotangents);
        }
        var reached = Enumerable.Range(0, first.Length).Where(k => first[k] is not null).ToArray();
        var second = reached.Length == 0
            ? new Tensor?[sources.Length]
            : outer.gradient(reached.Select(k => first[k]!), sources, reached.Select(k => tangents[floating[k]]!));
        return new(outputs, Spread(first, floating, xs.Length), Spread(second, floating, xs.Length));
    }

    /// <summary>Outputs and first gradients only.</summary>
    public static (Tensor[] Outputs, Tensor?[] First) FirstOf(Func<Tensor[], Tensor[]> f, Tensor[] xs, Tensor[] sources,
        Tensor?[] cotangents)
    {
        var inner = tf.GradientTape();
        Tensor[] outputs;
        using (inner)
        {
            inner.watch(sources);
            outputs = f(xs);
        }
        var weighed = Enumerable.Range(0, outputs.Length).Where(k => outputs[k].dtype.IsFloating()).ToArray();
        return (outputs, inner.gradient(weighed.Select(k => outputs[k]), sources, weighed.Select(k => cotangents[k]!)));
    }

    static Tensor?[] Spread(Tensor?[] found, int[] places, int length)
    {
        var all = new Tensor?[length];
        for (var k = 0; k < places.Length; k++) all[places[k]] = found[k];
        return all;
    }
}
