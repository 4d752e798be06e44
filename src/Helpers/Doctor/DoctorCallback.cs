using Workbook.Keras;
using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Watches the learned variables of a fit and examines them at its end: <c>model.fit(x, y, callbacks: [judge, doctor])</c>, then
/// <c>doctor.Report</c>.
/// </summary>
/// <remarks>
/// Beyond <see cref="Doctor.Examine(Model, Batch, Batch?, IEnumerable{Variable}?, Batch?, IEnumerable{Callback}?, DoctorOptions?)"/> it
/// knows
/// where each variable began and how it went: one that has risen, or fallen, in every step and still does so as fast as at first is
/// named, and
/// with held-out rows it is asked whether what was learned does any work there.
/// </remarks>
/// <param name="x">The inputs of one batch to examine the model on.</param>
/// <param name="y">Their targets.</param>
/// <param name="variables">More variables that should learn.</param>
/// <param name="options">What else the doctor should know; HeldOut are rows that the fit does not see.</param>
public sealed class DoctorCallback(Batch x, Batch? y = null, IEnumerable<Variable>? variables = null, DoctorOptions? options = null)
    : Callback
{
    readonly Variable[] more = [.. variables ?? []];
    readonly Dictionary<Variable, Course> courses = [];
    DoctorReport? report;

    /// <summary>The report of the last fit.</summary>
    /// <exception cref="ModelException">No fit has ended.</exception>
    public DoctorReport Report => report
        ?? throw new ModelException("DoctorCallback: expected a fit that has ended. Received: none. Put it among the callbacks of a fit.");

    /// <inheritdoc/>
    public override void on_train_begin(Dictionary<string, double> logs)
    {
        courses.Clear();
        Watch();
    }

    /// <inheritdoc/>
    public override void on_train_batch_end(int batch, Dictionary<string, double> logs)
    {
        Watch();
        foreach (var (variable, course) in courses) course.Add(variable);
    }

    /// <inheritdoc/>
    public override void on_train_end(Dictionary<string, double> logs)
    {
        var given = options ?? new();
        report = Doctor.Examine(model, x, y, more, options: new()
        {
            Checks = given.Checks,
            Steps = given.Steps,
            Seconds = given.Seconds,
            KeptAs = given.KeptAs,
            PlannedSteps = given.PlannedSteps,
            Coefficients = given.Coefficients,
            Domains = given.Domains,
            HeldOut = given.HeldOut,
            HeldOutLoss = given.HeldOutLoss,
            HeldOutLossOfSeed = given.HeldOutLossOfSeed,
            Starts = courses.ToDictionary(c => c.Key, c => c.Value.Start),
            Courses = courses,
        });
    }

    void Watch()
    {
        foreach (var variable in model.hyper_variables.Concat(more))
            if (!courses.ContainsKey(variable)) courses.Add(variable, new(variable));
    }
}
