namespace Workbook.Host.Export.Markdown;

/// <summary>A place on a page, for notes.</summary>
/// <param name="Name">The cell or the output.</param>
/// <param name="Line">The line of the file; 0 when not known.</param>
readonly record struct PagePlace(string Name, int Line = 0)
{
    public override string ToString() => Line == 0 ? Name : $"{Name}, line {Line}";
}
