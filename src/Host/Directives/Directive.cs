namespace Workbook.Host.Directives;

/// <summary>A line of a cell that speaks to the session and not to the compiler.</summary>
/// <param name="Name">For example #r or #!import.</param>
/// <param name="Argument">What stands after the name, without quotes around it.</param>
/// <param name="Line">The 1-based line in the cell.</param>
sealed record Directive(string Name, string Argument, int Line);
