using Workbook.Host.Documents;
using Workbook.Host.Jupyter.Wire;

namespace Workbook.Host.Jupyter;

/// <summary>One run of a cell and what it has come to.</summary>
/// <param name="request">The request that it is part of.</param>
/// <param name="count">The number of the cell as the front end shows it.</param>
/// <param name="silent">Whether nobody is shown its outputs.</param>
sealed class Execution(Request request, int count, bool silent)
{
    /// <summary>The request that it is part of.</summary>
    public Request Request => request;

    /// <summary>The number of the cell as the front end shows it.</summary>
    public int Count => count;

    /// <summary>Whether nobody is shown its outputs.</summary>
    public bool Silent => silent;

    /// <summary>The warnings that it has said.</summary>
    public RepeatedWarnings Warnings { get; } = new();

    /// <summary>The error that ended it; null when none did.</summary>
    public ErrorOutput? Error { get; set; }

    /// <summary>The value of the cell; null when it has none.</summary>
    public MimeBundle? Result { get; set; }
}
