namespace Workbook.Keras;

/// <summary>One step of a functional or sequential model, for tools that follow what a model computes: a layer or an operation, what goes
/// in and what comes out.</summary>
/// <param name="Name">That of the layer or operation.</param>
/// <param name="Layer">The layer; null for an operation between layers. A layer that is used twice has two steps.</param>
/// <param name="Inputs">What goes in.</param>
/// <param name="Outputs">What comes out.</param>
/// <param name="HasNumbers">Whether something goes in besides that is no place of the model: a number, a tensor, a variable.</param>
public sealed record GraphStep(string Name, Layer? Layer, IReadOnlyList<KerasTensor> Inputs, IReadOnlyList<KerasTensor> Outputs,
    bool HasNumbers)
{
    Step? step;

    /// <summary>Whether the layer is called as it is: without a stated training, or arguments besides what goes in.</summary>
    public bool IsPlain => step is not { Training: not null } and not { Options.Length: > 0 };

    /// <summary>The same operation in another place.</summary>
    /// <param name="inputs">As many as go in here.</param>
    /// <exception cref="ModelException">The step is a layer's, which is applied itself.</exception>
    public IReadOnlyList<KerasTensor> On(params KerasTensor[] inputs) => Layer is null && step is not null ? step.On(inputs)
        : throw new ModelException($"GraphStep: expected an operation between layers. Received: '{Name}', a layer. Apply it.");

    /// <summary>The steps of a model in an order in which they can run; null for a class of somebody's own, and for a Sequential whose
    /// input is not known yet.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<GraphStep>? Of(Model model) => model.Graph is not { } graph ? null
        : [.. graph.Steps.Select(s => new GraphStep(s.Name, s.Layer, [.. s.SymbolicInputs], s.Outputs,
            s.Inputs.Any(i => i is not KerasTensor)) { step = s })];
}
