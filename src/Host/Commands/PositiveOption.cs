using System.CommandLine;
using System.Globalization;

namespace Workbook.Host.Commands;

/// <summary>An option whose value is a number above 0.</summary>
sealed class PositiveOption : Option<double>
{
    /// <summary>The option.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="unit">What the number counts, for the help.</param>
    /// <param name="description">For the help.</param>
    /// <param name="value">The default; null for none.</param>
    public PositiveOption(string name, string unit, string description, double? value) : base(name)
    {
        Description = description;
        HelpName = unit;
        if (value is { } known) DefaultValueFactory = _ => known;
        Validators.Add(r =>
        {
            if (r.Tokens is [var token]
                && (!double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    || number is not (> 0 and <= 1e6)))
                r.AddError($"{name}: expected a number above 0. Received: {token.Value}.");
        });
    }
}
