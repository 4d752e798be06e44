namespace Workbook.Helpers;

/// <summary>The fields of one row and the line, counted from 1, on which it begins.</summary>
readonly record struct CsvRow(int Line, string[] Fields);
