namespace Workbook.Helpers;

/// <summary>A direct label: a text beside the point that it names.</summary>
sealed record Label(string Text, string Colour, double X, double Y);
