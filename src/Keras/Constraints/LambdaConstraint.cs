namespace Workbook.Keras;

/// <summary>A constraint made of a function.</summary>
/// <param name="function">From a weight after an update to where it may be, of the same shape.</param>
public sealed class LambdaConstraint(Func<Tensor, Tensor> function) : Constraint
{
    /// <inheritdoc/>
    public override Tensor Apply(Tensor w) => function(w);
}

public static partial class keras
{
    public static partial class constraints
    {
        /// <inheritdoc cref="LambdaConstraint"/>
        /// <param name="function">From a weight after an update to where it may be, of the same shape.</param>
        public static Constraint Lambda(Func<Tensor, Tensor> function) => new LambdaConstraint(function);
    }
}
