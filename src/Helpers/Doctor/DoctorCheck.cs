namespace Workbook.Helpers;

/// <summary>One of the ten questions that the <see cref="Doctor"/> asks of each variable.</summary>
public abstract class DoctorCheck
{
    private protected DoctorCheck()
    {
    }

    /// <summary>D1 to D10.</summary>
    public abstract string Id { get; }

    /// <summary>A few words.</summary>
    public abstract string Name { get; }

    /// <summary>The question.</summary>
    public abstract string Asks { get; }

    /// <summary>What of it is a proof, and what a suspicion.</summary>
    public abstract string Means { get; }

    /// <summary>What it costs, in training steps.</summary>
    public abstract string Cost { get; }

    /// <summary>What to do where it finds something.</summary>
    public abstract string Advice { get; }

    /// <summary>Where in <c>docs/</c> more is said.</summary>
    public string Link => $"docs/doctor.md#{Id.ToLowerInvariant()}";

    /// <summary>What it has to say.</summary>
    internal abstract IEnumerable<Finding> Of(Examination examination);

    private protected Finding Says(Subject subject, Certainty certainty, Fate? leads, string cause, string? remedy = null,
        string? link = null) =>
        new(Id, subject.Name, certainty, leads, cause, remedy ?? Advice, link ?? Link);

    private protected static string Show(double number) => Numbers.Show(number, 3);
}
