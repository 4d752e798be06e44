using System.Globalization;

namespace Workbook.Helpers;

/// <summary>Numbers as a reader wants them: few digits, invariant culture, short exponents.</summary>
static class Numbers
{
    /// <summary>A number rounded to significant digits: 0.8889, 1e-6, −2405.77 as -2405.77.</summary>
    public static string Show(double number, int digits = 7)
    {
        var text = number.ToString("G" + digits, CultureInfo.InvariantCulture);
        var e = text.IndexOf('E');
        return e < 0 ? text
            : text[..e] + "e"
                + int.Parse(text[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                    .ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A number rounded to significant digits; what is not finite stays.</summary>
    public static double Round(double number, int digits) =>
        double.IsFinite(number) ? double.Parse(number.ToString("G" + digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            : number;
}
