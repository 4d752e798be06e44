using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Workbook.Keras;

/// <summary>What <c>compile(loss: …)</c> takes: a name, a loss, or one per output in a list or a dictionary.</summary>
[CollectionBuilder(typeof(LossesPerOutput), nameof(Create))]
public sealed class LossesPerOutput : PerOutput<Loss>
{
    internal LossesPerOutput(IEnumerable<Loss?> items, IEnumerable<string>? names = null) : base(items, names)
    {
    }

    /// <summary>To be named by outputs: <c>new() { ["a"] = "mse", ["b"] = "mae" }</c>.</summary>
    public LossesPerOutput() : base([])
    {
    }

    /// <summary>Makes it from a collection expression.</summary>
    public static LossesPerOutput Create(ReadOnlySpan<Loss?> losses) => new(losses.ToArray());

    /// <summary>A loss by name.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator LossesPerOutput?(string? name) => name is null ? null : new([name]);

    /// <summary>One loss.</summary>
    [return: NotNullIfNotNull(nameof(loss))]
    public static implicit operator LossesPerOutput?(Loss? loss) => loss is null ? null : new([loss]);

    /// <summary>Losses by the names of outputs.</summary>
    [return: NotNullIfNotNull(nameof(losses))]
    public static implicit operator LossesPerOutput?(Dictionary<string, Loss>? losses) =>
        losses is null ? null : new(losses.Values, losses.Keys);

    /// <summary>Names of losses by the names of outputs.</summary>
    [return: NotNullIfNotNull(nameof(losses))]
    public static implicit operator LossesPerOutput?(Dictionary<string, string>? losses) =>
        losses is null ? null : new(losses.Values.Select(n => (Loss)n), losses.Keys);
}
