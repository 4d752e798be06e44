using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What the <see cref="Doctor"/> should know or leave out.</summary>
public sealed class DoctorOptions
{
    /// <summary>The checks to make, such as <c>["D1", "D2"]</c>; default: all that the patient allows.</summary>
    public IReadOnlyList<string>? Checks { get; init; }

    /// <summary>How many training steps are tried, at least 1; default 3.</summary>
    public int Steps { get; init; } = 3;

    /// <summary>How long a check may take, in seconds; one that would take longer is skipped by name. Default 20.</summary>
    public double Seconds { get; init; } = 20;

    /// <summary>The format in which the variables are kept elsewhere; default: that of their dtype.</summary>
    public NumberFormat KeptAs { get; init; }

    /// <summary>Over how many steps the training is planned; default 10 000. A variable that needs more to arrive is named.</summary>
    public int PlannedSteps { get; init; } = 10_000;

    /// <summary>Variables that are the coefficient of a term: whether ten times as much of one changes the steps of the others.</summary>
    public IReadOnlyList<Variable> Coefficients { get; init; } = [];

    /// <summary>Where a variable makes sense; a <see cref="DomainVariable"/>, a place such as l2(v) and a constraint say it
    /// themselves.</summary>
    public IReadOnlyDictionary<Variable, (double Low, double High)> Domains { get; init; } =
        new Dictionary<Variable, (double, double)>();

    /// <summary>Rows that no training has seen, for a model: whether the variable does work there.</summary>
    public (Batch X, Batch Y)? HeldOut { get; init; }

    /// <summary>The loss on such rows, for a loop of your own.</summary>
    public Func<Tensor>? HeldOutLoss { get; init; }

    /// <summary>The values that training began with; with held-out rows it is asked whether going back to them costs anything.</summary>
    public IReadOnlyDictionary<Variable, Tensor> Starts { get; init; } = new Dictionary<Variable, Tensor>();

    /// <summary>Trains anew from a seed and gives the held-out loss: called with 1 to 4, for the spread of seeds.</summary>
    public Func<long, double>? HeldOutLossOfSeed { get; init; }

    /// <summary>How variables went over a fit.</summary>
    internal IReadOnlyDictionary<Variable, Course> Courses { get; init; } = new Dictionary<Variable, Course>();
}
