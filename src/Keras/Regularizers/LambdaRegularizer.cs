namespace Workbook.Keras;

/// <summary>A penalty made of a function; variables that the function reads belong to the layer that uses it, and train.</summary>
[Factory("Lambda")]
public sealed class LambdaRegularizer : Regularizer
{
    readonly Func<Tensor, Tensor> function;
    readonly List<Variable> read = [];

    /// <summary>A penalty made of a function.</summary>
    /// <param name="function">From a weight to a scalar.</param>
    public LambdaRegularizer(Func<Tensor, Tensor> function) => this.function = function;

    internal override bool Borrows => true;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The function does not give a scalar.</exception>
    public override Tensor Apply(Tensor x)
    {
        Tensor penalty;
        using (var reads = new VariableReads())
        {
            penalty = function(x);
            // The weight itself is read before it comes here, so whatever is read now is the function's own.
            foreach (var variable in reads.Variables)
                if (!read.Contains(variable)) read.Add(variable);
        }
        return penalty.size == 1 ? penalty
            : throw new ShapeException(
                $"Regularizer: expected a function that gives a scalar. Received: shape {penalty.shape}. Use tf.reduce_sum.");
    }
}
