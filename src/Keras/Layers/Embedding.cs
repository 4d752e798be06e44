namespace Workbook.Keras;

/// <summary>A learned row for each whole number. Shapes: (batch, …) → (batch, …, output_dim). Keras: keras.layers.Embedding.</summary>
/// <param name="input_dim">How many numbers there are, from 0.</param>
/// <param name="output_dim">The length of a row.</param>
/// <param name="embeddings_initializer">Default: even on ±0.05.</param>
/// <param name="embeddings_regularizer">A penalty on all rows.</param>
/// <param name="embeddings_constraint">Where the rows may be.</param>
/// <param name="mask_zero">Whether 0 stands for no step: what follows does not count it; default false.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
[OnlyAs("input_length", "null")]
[OnlyAs("sparse", "false")]
public sealed class Embedding(int input_dim, int output_dim, Initializer? embeddings_initializer = null,
    Regularizer? embeddings_regularizer = null, Constraint? embeddings_constraint = null, bool mask_zero = false,
        string? name = null) : Layer(name)
{
    [Argument("embeddings_initializer")]
    readonly Initializer first = embeddings_initializer ?? new RandomUniform();

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor? compute_mask(Tensor inputs, Tensor? mask) => mask_zero ? tf.not_equal(inputs, tf.zeros_like(inputs)) : null;

    /// <summary>(input_dim, output_dim); null before the layer is built.</summary>
    public Variable? embeddings { get; private set; }

    /// <inheritdoc/>
    public override void build(Shape input_shape)
    {
        if (input_dim < 1 || output_dim < 1)
            throw new ArgumentOutOfRangeException(nameof(input_dim),
                $"Embedding: expected input_dim and output_dim of at least 1. Received: {input_dim} and {output_dim}.");
        embeddings = add_weight((input_dim, output_dim), first, "embeddings", embeddings_regularizer, embeddings_constraint);
    }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">A number is negative or not below input_dim.</exception>
    public override Tensor call(Tensor inputs, bool training) =>
        tf.gather(embeddings!, inputs.dtype.IsInteger() ? inputs : tf.cast(inputs, DType.Int32));
}
