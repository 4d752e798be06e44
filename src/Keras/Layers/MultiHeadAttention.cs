using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>Several attentions side by side, each on projections of its own. Vaswani et al. 2017. Keras:
/// keras.layers.MultiHeadAttention.</summary>
/// <remarks>
/// Called on <c>[query, value]</c> or <c>[query, value, key]</c>, each (batch, steps, features), and on a mask of bool after them, (q, v)
/// or
/// (batch, q, v), where one is wanted; where a query may see only what stands before it, <c>Apply([query, value], use_causal_mask:
/// true)</c>. The result is (batch, q, features of the query, or output_shape). Steps of query, value and key that
/// are masked out count nothing.
/// </remarks>
[OnlyAs("attention_axes", "null", "[1]")]
[OnlyAs("sliding_window", "null")]
[OnlyAs("flash_attention", "null", "false")]
[OnlyAs("use_gate", "false")]
public sealed class MultiHeadAttention : Attending
{
    readonly int num_heads, key_dim, value_dim;
    readonly Hyperparameter dropout;
    readonly bool use_bias;
    readonly Shape? output_shape;
    readonly Initializer kernel_initializer, bias_initializer;
    readonly Regularizer? kernel_regularizer, bias_regularizer;
    readonly Constraint? kernel_constraint, bias_constraint;
    readonly long? seed;
    readonly SplitMix64? own;

    /// <summary>Several attentions side by side.</summary>
    /// <param name="num_heads">How many; at least 1.</param>
    /// <param name="key_dim">The length of each query and key.</param>
    /// <param name="value_dim">The length of each value; default key_dim.</param>
    /// <param name="dropout">The share of the weights dropped in training; default 0; may be a variable.</param>
    /// <param name="use_bias">Whether the projections have a bias; default true.</param>
    /// <param name="output_shape">The features of the output; default those of the query.</param>
    /// <param name="kernel_initializer">Default Glorot uniform.</param>
    /// <param name="bias_initializer">Default zeros.</param>
    /// <param name="kernel_regularizer">A penalty on each kernel.</param>
    /// <param name="bias_regularizer">A penalty on each bias.</param>
    /// <param name="kernel_constraint">Where each kernel may be.</param>
    /// <param name="bias_constraint">Where each bias may be.</param>
    /// <param name="seed">Default: the global generator.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">A number below 1.</exception>
    public MultiHeadAttention(int num_heads, int key_dim, int? value_dim = null, Hyperparameter? dropout = null, bool use_bias = true,
        Shape? output_shape = null, Initializer? kernel_initializer = null, Initializer? bias_initializer = null,
        Regularizer? kernel_regularizer = null, Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null,
        Constraint? bias_constraint = null, long? seed = null, string? name = null) : base(name)
    {
        this.num_heads = ImageAxes.AtLeastOne(this, nameof(num_heads), num_heads);
        this.key_dim = ImageAxes.AtLeastOne(this, nameof(key_dim), key_dim);
        this.value_dim = ImageAxes.AtLeastOne(this, nameof(value_dim), value_dim ?? key_dim);
        this.dropout = (dropout ?? 0).Within("dropout", low: 0, high: 1, open: true);
        (this.use_bias, this.output_shape) = (use_bias, output_shape);
        if (output_shape is { Rank: not 1 })
            throw new ArgumentException($"Layer '{this.name}': expected an output_shape of one number. Received: {output_shape}.");
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer ?? new GlorotUniform(), bias_initializer ?? new Zeros());
        (this.kernel_regularizer, this.bias_regularizer) = (kernel_regularizer, bias_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
        (this.seed, own) = (seed, seed is { } s ? new((ulong)s) : null);
    }

    /// <summary>The projection of the query; null before the layer is built.</summary>
    public EinsumDense? query_dense { get; private set; }

    /// <summary>The projection of the key; null before the layer is built.</summary>
    public EinsumDense? key_dense { get; private set; }

    /// <summary>The projection of the value; null before the layer is built.</summary>
    public EinsumDense? value_dense { get; private set; }

    /// <summary>The projection of what the heads give; null before the layer is built.</summary>
    public EinsumDense? output_dense { get; private set; }

    internal override string[] InputNames => ["query", "value", "key", "attention_mask"];

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override void build(Shape[] input_shapes)
    {
        query_dense = Projection("abc,cde->abde", (-1, num_heads, key_dim), "de", "query");
        key_dense = Projection("abc,cde->abde", (-1, num_heads, key_dim), "de", "key");
        value_dense = Projection("abc,cde->abde", (-1, num_heads, value_dim), "de", "value");
        output_dense = Projection("abcd,cde->abe", (-1, output_shape?[0] ?? input_shapes[0][^1]), "e", "attention_output");
    }

    EinsumDense Projection(string equation, Shape shape, string axes, string name) => new(equation, shape,
        bias_axes: use_bias ? axes : null, kernel_initializer: kernel_initializer, bias_initializer: bias_initializer,
        kernel_regularizer: kernel_regularizer, bias_regularizer: bias_regularizer, kernel_constraint: kernel_constraint,
        bias_constraint: bias_constraint, name: name);

    private protected override Tensor Join(Tensor[] inputs, bool training)
    {
        var given = inputs[^1].dtype == DType.Bool ? inputs[^1] : null;
        if (given is not null) inputs = inputs[..^1];
        if (inputs.Length is < 2 or > 3 || Array.Exists(inputs, x => x.ndim != 3))
            throw new ShapeException($"Layer '{this.name}': expected [query, value] or [query, value, key], each (batch, steps, "
                + $"features), and perhaps a mask of bool. Received: {string.Join(", ", inputs.Select(x => x.shape))}.");
        var (query, value, key) = (inputs[0], inputs[1], inputs.Length == 3 ? inputs[2] : inputs[1]);
        // (batch, heads, steps, length)
        Tensor q = Heads(query_dense!, query), k = Heads(key_dense!, key), v = Heads(value_dense!, value);
        var scores = tf.matmul(q * (1 / Math.Sqrt(key_dim)), k, transpose_b: true);
        var weights = AttentionMask.Softmax(scores, Counting(query, value, inputs.Length == 3 ? key : null, given));
        if (training && dropout.Number != 0)
        {
            var p = dropout.value(weights.dtype);
            weights = tf.where(tf.random.uniform(weights.shape, dtype: weights.dtype, seed: (long?)own?.NextUInt64()) < 1 - p,
                weights / (1 - p), 0.0);
        }
        return output_dense!.Apply(tf.transpose(tf.matmul(weights, v), [0, 2, 1, 3]));
    }

    /// <summary>Without the mask of the input, which this layer looks at itself.</summary>
    static Tensor Heads(EinsumDense dense, Tensor x) => tf.transpose(dense.Apply(tf.identity(x)), [0, 2, 1, 3]);

    /// <summary>Where a query may look, (batch or 1, 1, q, v); null: everywhere.</summary>
    Tensor? Counting(Tensor query, Tensor value, Tensor? key, Tensor? given)
    {
        var counts = query.Mask is { } q ? tf.expand_dims(q, 2) : null;
        counts = AttentionMask.Joined(counts, value.Mask is { } v ? tf.expand_dims(v, 1) : null);
        counts = AttentionMask.Joined(counts, key?.Mask is { } k ? tf.expand_dims(k, 1) : null);
        counts = AttentionMask.Joined(counts, IsCausal ? AttentionMask.Causal(query.shape[1], value.shape[1]) : null);
        counts = AttentionMask.Joined(counts, given is { ndim: 2 } ? tf.expand_dims(given, 0) : given);
        return counts is null ? null : tf.expand_dims(counts, 1);
    }
}
