namespace Workbook.Keras;

/// <summary>max(w, 0). Keras: keras.constraints.NonNeg.</summary>
[Names("non_neg", "NonNeg")]
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor w) => tf.nn.relu(w);
}
