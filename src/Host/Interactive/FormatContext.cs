namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>What a formatter writes to.</summary>
/// <param name="writer">Takes the text.</param>
public sealed class FormatContext(TextWriter writer)
{
    /// <summary>Takes the text.</summary>
    public TextWriter Writer => writer;
}
