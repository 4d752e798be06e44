namespace Workbook.Keras;

/// <summary>The start of a <see cref="Sequential"/> model; a <c>keras.Input</c> converts to it. Keras: keras.layers.InputLayer.</summary>
sealed class InputLayer(KerasTensor input) : Layer(input.name)
{
    public KerasTensor Input { get; } = input;

    /// <inheritdoc/>
    public override Tensor call(Tensor inputs, bool training) => inputs;
}
