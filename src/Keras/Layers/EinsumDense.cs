namespace Workbook.Keras;

/// <summary>A product of any axes: y = activation(einsum(equation, x, kernel) + bias). Keras: keras.layers.EinsumDense.</summary>
public sealed class EinsumDense : Layer
{
    readonly Shape output_shape;
    readonly ActivationFunction activation;
    readonly string? bias_axes;
    readonly Initializer kernel_initializer, bias_initializer;
    readonly Regularizer? kernel_regularizer, bias_regularizer;
    readonly Constraint? kernel_constraint, bias_constraint;

    /// <summary>A product of any axes.</summary>
    /// <param name="equation">The axes by letters: "abc,cd->abd" is a dense layer on sequences. The first letter is the
    /// batch.</param>
    /// <param name="output_shape">The shape of one sample of the output; −1 where it is that of the input.</param>
    /// <param name="activation">Default: none.</param>
    /// <param name="bias_axes">The letters of the output that the bias has; default: no bias.</param>
    /// <param name="kernel_initializer">Default Glorot uniform.</param>
    /// <param name="bias_initializer">Default zeros.</param>
    /// <param name="kernel_regularizer">A penalty on the kernel.</param>
    /// <param name="bias_regularizer">A penalty on the bias.</param>
    /// <param name="kernel_constraint">Where the kernel may be.</param>
    /// <param name="bias_constraint">Where the bias may be.</param>
    /// <param name="name">Default: the name of the class in small letters, numbered.</param>
    /// <exception cref="ArgumentException">Not of the form "…,…->…", or an ellipsis.</exception>
    public EinsumDense(string equation, Shape output_shape, ActivationFunction? activation = null, string? bias_axes = null,
        Initializer? kernel_initializer = null, Initializer? bias_initializer = null, Regularizer? kernel_regularizer = null,
        Regularizer? bias_regularizer = null, Constraint? kernel_constraint = null, Constraint? bias_constraint = null, string? name = null)
        : base(name)
    {
        if (equation.Split("->") is not [var inputs, { Length: > 0 } output] || inputs.Split(',') is not [{ Length: > 0 } x,
            { Length: > 0 } k]
            || !equation.Replace("->", "").Replace(",", "").All(char.IsAsciiLetter) || bias_axes?.All(output.Contains) == false)
            throw new ArgumentException($"EinsumDense: expected an equation as \"abc,cd->abd\", without an ellipsis, and bias "
                + "axes of its output. "
                + $"Received: \"{equation}\"{(bias_axes is null ? "" : $" and \"{bias_axes}\"")}.");
        (X, Kernel, Output) = (x, k, output);
        (this.equation, this.output_shape, this.activation) = (equation, output_shape, activation ?? ActivationFunction.Linear);
        this.bias_axes = bias_axes;
        (this.kernel_initializer, this.bias_initializer) = (kernel_initializer ?? new GlorotUniform(), bias_initializer ?? new Zeros());
        (this.kernel_regularizer, this.bias_regularizer) = (kernel_regularizer, bias_regularizer);
        (this.kernel_constraint, this.bias_constraint) = (kernel_constraint, bias_constraint);
    }

    /// <summary>What is multiplied and summed, such as "abc,cd->abd".</summary>
    public string equation { get; }

    string X { get; }

    string Kernel { get; }

    string Output { get; }

    /// <summary>The kernel, of the axes that the equation gives it; null before the layer is built.</summary>
    public Variable? kernel { get; private set; }

    /// <summary>The bias; null before the layer is built, or without one.</summary>
    public Variable? bias { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">Another number of axes than the equation has.</exception>
    public override void build(Shape input_shape)
    {
        if (input_shape.Rank != X.Length || output_shape.Rank != Output.Length - 1)
            throw new ShapeException($"Layer '{this.name}': expected an input and an output of as many axes as \"{equation}\" has letters. "
                + $"Received: {input_shape} and output_shape {output_shape}.");
        int Length(char axis) => X.Contains(axis) ? input_shape[X.IndexOf(axis)]
            : Output.IndexOf(axis) is > 0 and var at ? output_shape[at - 1]
            : throw new ShapeException($"Layer '{this.name}': expected each axis of the kernel in the input or output. Received: '{axis}' "
                + $"in \"{equation}\".");
        kernel = add_weight(new([.. Kernel.Select(Length)]), kernel_initializer, "kernel", kernel_regularizer, kernel_constraint);
        // From its first axis on, the bias stands beside the output.
        if (bias_axes is not null)
            bias = add_weight(new([.. Output[Output.IndexOf(Output.First(bias_axes.Contains))..].Select(a => bias_axes.Contains(a)
                ? Length(a) : 1)]),
                bias_initializer, "bias", bias_regularizer, bias_constraint);
    }

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training)
    {
        var y = tf.einsum(equation, inputs, kernel!);
        return activation.Apply(bias is null ? y : y + bias);
    }
}
