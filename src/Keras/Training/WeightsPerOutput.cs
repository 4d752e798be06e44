using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workbook.Keras;

/// <summary>What <c>compile(loss_weights: …)</c> takes: a number or variable, or one per output in a list or a dictionary.</summary>
[CollectionBuilder(typeof(WeightsPerOutput), nameof(Create))]
public sealed class WeightsPerOutput : PerOutput<Hyperparameter>
{
    internal WeightsPerOutput(IEnumerable<Hyperparameter?> items, IEnumerable<string>? names = null) : base(items, names)
    {
    }

    /// <summary>To be named by outputs: <c>new() { ["a"] = 1.0, ["b"] = v }</c>.</summary>
    public WeightsPerOutput() : base([])
    {
    }

    /// <summary>Makes it from a collection expression.</summary>
    public static WeightsPerOutput Create(ReadOnlySpan<Hyperparameter?> weights) => new(weights.ToArray());

    /// <summary>The weight of each output. One vector of as many numbers as there are outputs counts as its elements, in their
    /// order.</summary>
    internal Hyperparameter?[] Each(IReadOnlyList<string> outputs)
    {
        if (outputs.Count < 2 || this.ToArray() is not [{ Number: null } vector] || vector.value().shape != new Shape(outputs.Count))
            return For(outputs, "loss_weights");
        return [.. Enumerable.Range(0, outputs.Count).Select(i => Hyperparameter.Of(() => vector.value()[i]))];
    }

    /// <summary>One number.</summary>
    public static implicit operator WeightsPerOutput(double weight) => new([weight]);

    /// <summary>One variable.</summary>
    [return: NotNullIfNotNull(nameof(weight))]
    public static implicit operator WeightsPerOutput?(Operand? weight) => weight is null ? null : new([weight]);

    /// <summary>One function of variables: <c>Hyperparameter.Of(() =&gt; tf.exp(raw))</c>.</summary>
    [return: NotNullIfNotNull(nameof(weight))]
    public static implicit operator WeightsPerOutput?(Hyperparameter? weight) => weight is null ? null : new([weight]);

    /// <summary>Weights by the names of outputs.</summary>
    [return: NotNullIfNotNull(nameof(weights))]
    public static implicit operator WeightsPerOutput?(Dictionary<string, Hyperparameter>? weights) =>
        weights is null ? null : new(weights.Values, weights.Keys);

    /// <summary>Numbers by the names of outputs.</summary>
    [return: NotNullIfNotNull(nameof(weights))]
    public static implicit operator WeightsPerOutput?(Dictionary<string, double>? weights) =>
        weights is null ? null : new(weights.Values.Select(w => (Hyperparameter)w), weights.Keys);

    /// <summary>Variables by the names of outputs.</summary>
    [return: NotNullIfNotNull(nameof(weights))]
    public static implicit operator WeightsPerOutput?(Dictionary<string, Variable>? weights) =>
        weights is null ? null : new(weights.Values.Select(w => (Hyperparameter)w), weights.Keys);

    /// <summary>Plain numbers, in the order of the outputs.</summary>
    [return: NotNullIfNotNull(nameof(weights))]
    public static implicit operator WeightsPerOutput?(double[]? weights) =>
        weights is null ? null : new(weights.Select(w => (Hyperparameter)w));
}
