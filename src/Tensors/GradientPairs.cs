namespace Workbook.Tensors;

/// <summary>Gradients beside their variables.</summary>
public static class GradientPairs
{
    /// <summary>Gradients and variables in pairs, in their order. Python: zip(gradients, variables).</summary>
    /// <remarks>Python's zip and LINQ's stop at the shorter side, and what is left over stands still without a word.</remarks>
    /// <param name="first">The gradients; null where there is none.</param>
    /// <param name="second">The variables.</param>
    /// <exception cref="ArgumentException">Not as many gradients as variables.</exception>
#nullable disable annotations // Gradients may be null, and a sequence of those that are not must fit too.
    public static IEnumerable<(Tensor First, Variable Second)> Zip(this IEnumerable<Tensor> first, IEnumerable<Variable> second) =>
        first.Zip(second, (g, v) => (g, v));

    /// <summary>What a function makes of gradients and variables, pair by pair.</summary>
    /// <param name="first">The gradients; null where there is none.</param>
    /// <param name="second">The variables.</param>
    /// <param name="resultSelector">The function.</param>
    /// <typeparam name="TResult">What it makes.</typeparam>
    /// <exception cref="ArgumentException">Not as many gradients as variables.</exception>
    public static IEnumerable<TResult> Zip<TResult>(this IEnumerable<Tensor> first, IEnumerable<Variable> second,
        Func<Tensor, Variable, TResult> resultSelector)
#nullable restore annotations
    {
        var (gradients, variables) = (first.ToArray(), second.ToArray());
        if (gradients.Length != variables.Length)
        {
            var left = variables.Skip(gradients.Length).Select(v => $"'{v.name}'").ToList();
            throw new ArgumentException($"Zip: expected a gradient for each variable. "
                + $"Received: {gradients.Length} gradients and {variables.Length} variables"
                + (left.Count == 0 ? "" : $", so none for {string.Join(", ", left.Take(5))}")
                + ". Give tape.gradient and Zip the same variables; to leave some out, say which: [(gradients[0], w)].");
        }
        return Enumerable.Zip(gradients, variables, resultSelector);
    }
}
