using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>How much a model computes.</summary>
public static class Operations
{
    /// <summary>The multiplications with weights for one sample: of each kernel, as often as it is placed.</summary>
    /// <remarks>A layer that is used twice counts twice, a recurrent layer and TimeDistributed once for each step, the kernel of a
    /// transposed convolution once for each place of its input. Of a layer of your own a matrix counts as the kernel of a Dense, at each
    /// place of its output. Norms, biases, embeddings, and what attention multiplies without weights count nothing.</remarks>
    /// <param name="model">Sequential or functional.</param>
    /// <exception cref="ArgumentException">The model does not know the shapes of its layers, or a layer of your own has a weight of more
    /// than two axes.</exception>
    public static long Of(Model model) => Steps(model).Sum(s => Of(s).All);

    /// <summary>The multiplications that are left, on average, when gates that close are cut out: those of each kernel, times the mean
    /// probability that a gate before it is open, times that of the gates of its own units.</summary>
    /// <remarks>A scalar with a gradient by each log α, so that it can be priced or bounded:
    /// <c>callbacks: [Bound.AtMost(() => Operations.Expected(model), 900, "operations")]</c>. Where paths meet in a sum, a unit is there
    /// while one of the gates is open; Concatenate keeps the units of each side. A layer whose units go elsewhere too, past their gate, is
    /// counted whole.</remarks>
    /// <param name="model">Sequential or functional, with gates each behind a layer with units or an input, as
    /// <see cref="HardConcreteGate.Compact(Model)"/> wants them.</param>
    /// <exception cref="ArgumentException">There is no gate; one stands where it cuts out nothing; its units go into something that cannot
    /// lose one; or the model does not know the shapes of its layers.</exception>
    public static Tensor Expected(Model model) => new GatedSteps(model.name, [.. model.outputs], Steps(model)).Expected();

    internal static Multiplications Of(GraphStep step) => step.Layer is null ? default
        : Multiplications.Of(step.Layer, [.. step.Inputs.Select(i => i.shape)], step.Outputs[0].shape);

    static IReadOnlyList<GraphStep> Steps(Model model) => GraphStep.Of(model)
        ?? throw new ArgumentException($"Operations: expected a model that knows its layers: Sequential or functional, with its input. Received: "
            + $"'{model.name}' ({model.GetType().Name}). {(model is Sequential ? "Begin with keras.Input, or call it once."
                : "Make it of keras.Input and layers; what a class of your own does in call nobody can count.")}");
}
