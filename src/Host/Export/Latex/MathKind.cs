namespace Workbook.Host.Export.Latex;

/// <summary>The roles that decide spacing.</summary>
enum MathKind
{
    /// <summary>A value: a number, an identifier, a fraction, a closing delimiter.</summary>
    Ordinary,

    /// <summary>Something that a sign after it belongs to the next value: an operator, a relation, an opening delimiter, a comma.</summary>
    Operator,

    /// <summary>A function name: thin spaces around it unless a delimiter follows.</summary>
    Function,
}
