namespace Workbook.Host.Sessions;

/// <summary>The value of the expression that ends a cell without a semicolon.</summary>
/// <param name="Value">The value; null is a value too.</param>
sealed record Trailing(object? Value);
