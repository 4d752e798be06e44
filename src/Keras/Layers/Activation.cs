namespace Workbook.Keras;

/// <summary>An activation as a layer. Keras: keras.layers.Activation.</summary>
/// <param name="activation">A name, or a function.</param>
/// <param name="name">Default: the name of the class in small letters, numbered.</param>
public sealed class Activation(ActivationFunction activation, string? name = null) : Layer(name)
{
    readonly ActivationFunction function = activation;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => function.Apply(inputs);
}

public static partial class keras
{
    public static partial class layers
    {
        /// <inheritdoc cref="Keras.Activation"/>
        /// <param name="activation">A name, or a function.</param>
        /// <param name="name">Default: the name of the class in small letters, numbered.</param>
        public static Activation Activation(ActivationFunction activation, string? name = null) => new(activation, name);

        /// <summary>A function of your own as a layer; variables that it reads train.</summary>
        /// <param name="activation">From one batch to another.</param>
        /// <param name="name">Default: activation, numbered.</param>
        public static Activation Activation(Func<Tensor, Tensor> activation, string? name = null) => new(activation, name);
    }
}
