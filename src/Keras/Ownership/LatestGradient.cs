namespace Workbook.Keras;

/// <summary>The gradient that moved a variable in the last step of the fit that runs now: one of the notes on the variable.</summary>
public sealed class LatestGradient
{
    LatestGradient()
    {
    }

    Tensor? Value { get; set; }

    /// <summary>
    /// The gradient as the optimizer got it; null outside of a fit, before its first step, where nothing of the loss reaches the variable,
    /// and where a train_step of somebody's own makes the update.
    /// </summary>
    /// <param name="variable">The variable.</param>
    public static Tensor? Of(Variable variable) => variable.Notes.Get<LatestGradient>()?.Value;

    internal static void Set(Variable variable, Tensor? gradient)
    {
        var note = variable.Notes.Get<LatestGradient>();
        if (note is null) variable.Notes.Set(note = new());
        note.Value = gradient;
    }
}
