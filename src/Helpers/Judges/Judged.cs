using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Who moves a variable: read by records for the colour and the gradient, and by judges so that two do not move one variable.
/// </summary>
sealed class Judged
{
    Judged(Judge judge, object mover) => (Judge, Mover) = (judge, mover);

    public Judge Judge { get; }

    public object Mover { get; }

    /// <summary>The gradient by the variable that moved it last.</summary>
    public Tensor? Gradient { get; set; }

    /// <summary>What the judge that moved it last had to say of its own loss; null for one that has none.</summary>
    public double? Loss { get; set; }

    public static Judged? Of(Variable variable) => variable.Notes.Get<Judged>();

    /// <summary>Says who moves a variable from here on.</summary>
    public static void By(Judge judge, object mover, Variable variable) => variable.Notes.Set(new Judged(judge, mover));
}
