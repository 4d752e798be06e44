namespace Workbook.Host.Export.Latex;

/// <summary>A piece of a formula: one MathML element, and how it sits among its neighbours.</summary>
/// <param name="Xml">The element.</param>
/// <param name="Kind">Its role.</param>
/// <param name="TakesLimits">Whether scripts stand above and below it in a displayed formula.</param>
readonly record struct MathAtom(string Xml, MathKind Kind = MathKind.Ordinary, bool TakesLimits = false);
