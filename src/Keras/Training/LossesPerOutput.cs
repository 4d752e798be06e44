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
    public static implicit operator LossesPerOutput(string name) => new([name]);

    /// <summary>One loss.</summary>
    public static implicit operator LossesPerOutput(Loss loss) => new([loss]);

    /// <summary>Losses by the names of outputs.</summary>
    public static implicit operator LossesPerOutput(Dictionary<string, Loss> losses) => new(losses.Values, losses.Keys);

    /// <summary>Names of losses by the names of outputs.</summary>
    public static implicit operator LossesPerOutput(Dictionary<string, string> losses) =>
        new(losses.Values.Select(n => (Loss)n), losses.Keys);
}
