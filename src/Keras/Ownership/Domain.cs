namespace Workbook.Keras;

/// <summary>The range in which a hyper-parameter makes sense.</summary>
/// <param name="Place">Where it stands, for messages: "l2", "Dropout rate".</param>
/// <param name="Low">The lowest value, included.</param>
/// <param name="High">The highest value.</param>
/// <param name="Open">Whether the highest value is excluded.</param>
sealed record Domain(string Place, double Low, double High, bool Open)
{
    /// <summary>The latest fit of this flow; one that begins beside it, on another thread, is none of it.</summary>
    static readonly AsyncLocal<object?> fit = new();

    static readonly object none = new();

    object? told;

    /// <summary>A new fit has begun: what has left its range is named anew.</summary>
    public static void BeginFit() => fit.Value = new();

    public static Domain All { get; } = new("", double.NegativeInfinity, double.PositiveInfinity, false);

    public bool IsBounded => double.IsFinite(Low) || double.IsFinite(High);

    /// <summary>Refuses a value outside.</summary>
    public void Check(Tensor value)
    {
        if (Outside(value) is { } wrong)
            throw new ArgumentOutOfRangeException(null,
                $"{Place}: expected {this}{(double.IsFinite(wrong) ? "" : ", and finite")}. "
                    + $"Received: {wrong}.{(double.IsPositiveInfinity(wrong) ? " For no limit leave it out." : "")}");
    }

    /// <summary>Says once per fit that a variable has left the range; training goes on, as the mathematics has it.</summary>
    public void Watch(Tensor value, IReadOnlyList<Variable> variables)
    {
        if (variables.Count == 0 || ReferenceEquals(this, All) || Probe.IsOpen) return;
        var now = fit.Value ?? none;
        if (told == now || Outside(value) is not { } wrong) return;
        told = now;
        var names = string.Join(", ", variables.Select(v => $"'{v.name}'"));
        Warnings.Say($"{Place}: the variable {names} has left its range ({this}); it is {wrong:G4} now. "
            + "Nothing in the loss holds it: keep it inside with a map such as tf.exp or tf.sigmoid of a raw variable, or give it a judge "
                + "other than the training loss.");
    }

    double? Outside(Tensor value)
    {
        if (ReferenceEquals(this, All)) return null;
        foreach (var x in value.size == 1 ? [value.Item<double>()] : value.ToArray<double>())
            if (!double.IsFinite(x) || x < Low || x > High || (Open && x == High)) return x;
        return null;
    }

    public override string ToString() => (Low, High) switch
    {
        (double.NegativeInfinity, double.PositiveInfinity) => "a number",
        (var low, double.PositiveInfinity) => FormattableString.Invariant($"a number of at least {low}"),
        (double.NegativeInfinity, var high) => FormattableString.Invariant($"a number {(Open ? "below" : "of at most")} {high}"),
        var (low, high) => FormattableString.Invariant($"a number from {low} to {(Open ? "below " : "")}{high}"),
    };
}
