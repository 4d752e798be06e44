namespace Workbook.Keras;

/// <summary>w / (ε + n) with the length n of w along axes: vectors of length 1. Keras: keras.constraints.UnitNorm.</summary>
/// <param name="axis">Default 0: the inputs of each unit.</param>
[Names("unit_norm", "UnitNorm")]
public sealed class UnitNorm(Axes? axis = null) : Constraint
{
    [Argument("axis")]
    readonly int[] axes = (int[]?)axis ?? [0];

    /// <inheritdoc/>
    public override Tensor Apply(Tensor w) => w / (keras.config.epsilon() + Norm(w, axes));
}
