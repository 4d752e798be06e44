namespace Workbook.Tensors.Autodiff;

/// <summary>A stretch in which a variable is read as another tensor; see <c>variable.ReadAs</c>.</summary>
public readonly ref struct StandIn
{
    readonly Variable variable;
    readonly Tensor? before;

    internal StandIn(Variable variable, Tensor value) => (this.variable, before, variable.Instead) = (variable, variable.Instead, value);

    /// <summary>The variable is read as before.</summary>
    public void Dispose() => variable.Instead = before;
}
