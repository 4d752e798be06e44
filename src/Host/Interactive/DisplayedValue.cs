using Workbook.Host.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>A value on display, and the means to replace it.</summary>
public sealed class DisplayedValue
{
    readonly string[] mimeTypes;

    internal DisplayedValue(string displayId, string[] mimeTypes) => (DisplayId, this.mimeTypes) = (displayId, mimeTypes);

    /// <summary>The id of the output.</summary>
    public string DisplayId { get; }

    /// <summary>Shows another value in the same place, wherever it stands in the notebook.</summary>
    /// <param name="updatedValue">The value to show instead.</param>
    public void Update(object? updatedValue) => CellSink.Current.Replace(DisplayId, Displays.Bundle(updatedValue, mimeTypes));
}
