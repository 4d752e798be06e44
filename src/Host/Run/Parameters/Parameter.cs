using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbook.Host.Run.Parameters;

/// <summary>A variable that a cell tagged <c>parameters</c> declares.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The C# keyword of its type; null when the declaration does not show it.</param>
sealed record Parameter(string Name, string? Type)
{
    /// <summary>The declaration that gives it another value.</summary>
    /// <exception cref="FormatException">The value is not of the parameter's type.</exception>
    public string Declaration(string value)
    {
        var literal = Type switch
        {
            "int" => int.TryParse(value, CultureInfo.InvariantCulture, out var n) ? SymbolDisplay.FormatPrimitive(n, false, false) : null,
            "long" => long.TryParse(value, CultureInfo.InvariantCulture, out var n) ? n.ToString(CultureInfo.InvariantCulture) + "L" : null,
            "double" => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n.ToString("R", CultureInfo.InvariantCulture) + "d" : null,
            "float" => float.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && float.IsFinite(n) ? n.ToString("R", CultureInfo.InvariantCulture) + "f" : null,
            "decimal" => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n.ToString(CultureInfo.InvariantCulture) + "m" : null,
            "bool" => bool.TryParse(value, out var b) ? (b ? "true" : "false") : null,
            "string" => SymbolDisplay.FormatLiteral(value, quote: true),
            _ => throw new FormatException($"--set {Name}: a parameter needs a simple type (int, long, double, float, decimal, bool, string) or a literal as its value, from which the type can be seen."),
        };
        return literal is null
            ? throw new FormatException($"--set {Name}: expected a value of type {Type}; received {value}.")
            : $"{Type} {Name} = {literal};";
    }
}
