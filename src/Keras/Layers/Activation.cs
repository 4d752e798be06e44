namespace Workbook.Keras;

/// <summary>An activation as a layer. Keras: keras.layers.Activation.</summary>
/// <param name="activation">A name, or a function.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Activation(ActivationFunction activation, string? name = null) : Layer(name)
{
    /// <summary>The function.</summary>
    public ActivationFunction activation { get; } = activation;

    /// <inheritdoc/>
    public override bool supports_masking => true;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => activation.Apply(inputs);
}
