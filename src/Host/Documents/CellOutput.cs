namespace Workbook.Host.Documents;

/// <summary>One output of a cell, as in nbformat 4.5.</summary>
public abstract record CellOutput
{
    /// <summary>The value that is shown, in its representations; null for text on a stream and for errors.</summary>
    public virtual MimeBundle? Bundle => null;
}

/// <summary>Text written to a console stream.</summary>
/// <param name="Name">stdout or stderr.</param>
/// <param name="Text">The text as written.</param>
public sealed record StreamOutput(string Name, string Text) : CellOutput;

/// <summary>A displayed value.</summary>
/// <param name="Data">The mime bundle; it always has text/plain.</param>
/// <param name="DisplayId">The id under which the same output can be updated; null when it cannot.</param>
public sealed record DisplayOutput(MimeBundle Data, string? DisplayId = null) : CellOutput
{
    /// <inheritdoc/>
    public override MimeBundle? Bundle => Data;
}

/// <summary>The value of the trailing expression of a cell.</summary>
/// <param name="Data">The mime bundle; it always has text/plain.</param>
public sealed record ResultOutput(MimeBundle Data) : CellOutput
{
    /// <inheritdoc/>
    public override MimeBundle? Bundle => Data;
}

/// <summary>An error that ended the cell.</summary>
/// <param name="Name">The exception type, or CompilationError, TimeoutError, CrashError.</param>
/// <param name="Message">What was expected, what was received, what to do.</param>
/// <param name="Traceback">Lines for the reader: the place in the notebook first.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutput;
