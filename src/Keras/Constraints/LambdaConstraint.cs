namespace Workbook.Keras;

/// <summary>A constraint made of a function.</summary>
/// <param name="function">From a weight after an update to where it may be, of the same shape.</param>
[Factory("Lambda")]
public sealed class LambdaConstraint(Func<Tensor, Tensor> function) : Constraint
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor w) => function(w);
}
