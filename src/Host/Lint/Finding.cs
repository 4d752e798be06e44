using Workbook.Host.Documents;

namespace Workbook.Host.Lint;

/// <summary>Something in a notebook that its author should look at.</summary>
/// <param name="Rule">The rule's short name.</param>
/// <param name="Cell">The 1-based number of the cell; 0 for the document.</param>
/// <param name="Line">The 1-based line of the file; 0 when not known.</param>
/// <param name="Message">What is wrong and what to do.</param>
sealed record Finding(string Rule, int Cell, int Line, string Message)
{
    /// <summary>Whether it is a matter of how one writes: nothing breaks.</summary>
    public bool IsAdvice { get; init; }
}
