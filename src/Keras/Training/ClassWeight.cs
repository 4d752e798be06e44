using System.Diagnostics.CodeAnalysis;

namespace Workbook.Keras;

/// <summary>What <c>fit(class_weight: …)</c> takes: the weight of each class in the loss, by its number.</summary>
/// <remarks>Weights of classes become weights of samples when a fit begins, so a variable counts with its value of that moment, and a
/// warning says so. To learn one, multiply it into the loss.</remarks>
public sealed class ClassWeight : Dictionary<int, Hyperparameter>
{
    /// <summary>No weights yet: <c>new() { [0] = 1, [1] = 5 }</c>.</summary>
    public ClassWeight()
    {
    }

    /// <summary>The weights of any other dictionary.</summary>
    public ClassWeight(IEnumerable<KeyValuePair<int, double>> weights)
        : base(weights.Select(w => KeyValuePair.Create(w.Key, (Hyperparameter)w.Value)))
    {
    }

    /// <summary>The weights of any other dictionary, with variables among them.</summary>
    public ClassWeight(IEnumerable<KeyValuePair<int, Hyperparameter>> weights) : base(weights)
    {
    }

    /// <summary>Plain numbers; null stays null: no weights.</summary>
    [return: NotNullIfNotNull(nameof(weights))]
    public static implicit operator ClassWeight?(Dictionary<int, double>? weights) => weights is null ? null : new(weights);
}
