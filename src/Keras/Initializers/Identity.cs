namespace Workbook.Keras;

/// <summary>gain on the diagonal, 0 elsewhere; for matrices. Keras: keras.initializers.Identity.</summary>
/// <param name="gain">Default 1.</param>
[Names("identity", "Identity", "IdentityInitializer")]
public sealed class Identity(Hyperparameter? gain = null) : Initializer
{
    /// <inheritdoc/>
    /// <exception cref="ShapeException">Not a matrix.</exception>
    public override Tensor Apply(Shape shape, DType dtype) => shape.Rank == 2
        ? Once(gain ?? 1, "gain") * tf.eye(shape[0], shape[1], dtype: dtype)
        : throw new ShapeException($"Identity: expected a matrix. Received: shape {shape}. Use another initializer.");
}
