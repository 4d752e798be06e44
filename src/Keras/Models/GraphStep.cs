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
    /// <summary>The steps of a model in an order in which they can run; null for a class of somebody's own, and for a Sequential whose
    /// input is not known yet.</summary>
    /// <param name="model">The model.</param>
    public static IReadOnlyList<GraphStep>? Of(Model model) => model.Graph is not { } graph ? null
        : [.. graph.Steps.Select(s => new GraphStep(s.Name, s.Layer, [.. s.SymbolicInputs], s.Outputs,
            s.Inputs.Any(i => i is not KerasTensor)))];
}
