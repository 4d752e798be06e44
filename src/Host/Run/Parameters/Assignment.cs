namespace Workbook.Host.Run.Parameters;

/// <summary>A value for a parameter, as given on the command line.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value as text.</param>
sealed record Assignment(string Name, string Value)
{
    /// <summary>The assignment that <c>name=value</c> says.</summary>
    /// <exception cref="FormatException">There is no name or no equals sign.</exception>
    public static Assignment Parse(string text) => text.IndexOf('=') is > 0 and var at
        ? new Assignment(text[..at].Trim(), text[(at + 1)..])
        : throw new FormatException($"--set: expected name=value. Received: {text}.");
}
