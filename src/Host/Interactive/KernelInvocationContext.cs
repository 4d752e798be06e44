using System.ComponentModel;
using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Microsoft.DotNet.Interactive;

/// <summary>The cell that runs, for code that shows something in it.</summary>
public sealed class KernelInvocationContext
{
    KernelInvocationContext()
    {
    }

    /// <summary>The cell that runs.</summary>
    public static KernelInvocationContext Current { get; } = new();

    /// <summary>Shows a value at once.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The representations to keep beside text/plain; none given keeps all.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public DisplayedValue Display(object? value, params string[] mimeTypes) => Kernel.display(value, mimeTypes);

    /// <summary>Shows a text as the mime type says, unchanged.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">For example text/html.</param>
    /// <returns>A handle that replaces what is shown.</returns>
    public DisplayedValue DisplayAs(string value, string mimeType) => Kernel.display(value, mimeType);

    /// <summary>Writes to the cell's output, as Console.Write does.</summary>
    /// <param name="output">The text.</param>
    public void DisplayStandardOut(string output) => CellSink.Current.Publish(new StreamOutput("stdout", output));

    /// <summary>Writes to the cell's errors, as Console.Error.Write does.</summary>
    /// <param name="error">The text.</param>
    public void DisplayStandardError(string error) => CellSink.Current.Publish(new StreamOutput("stderr", error));

    /// <summary>Not here.</summary>
    [Obsolete("KernelInvocationContext.HandlingKernel is not here: this host has no kernels to send commands to. "
        + "Write the code itself in a cell.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public object HandlingKernel => throw new NotSupportedException();

    /// <summary>Not here.</summary>
    [Obsolete("KernelInvocationContext.Command is not here: cells run without commands. Show values with Display.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public object Command => throw new NotSupportedException();

    /// <summary>Not here.</summary>
    /// <param name="kernelEvent">Any.</param>
    [Obsolete("KernelInvocationContext.Publish is not here: cells run without events. Show values with Display.", error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Publish(object kernelEvent) => throw new NotSupportedException();
}
