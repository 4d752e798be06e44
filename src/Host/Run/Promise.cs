using Workbook.Host.Documents;

namespace Workbook.Host.Run;

/// <summary>What a cell's tags promise, and whether it kept it.</summary>
static class Promise
{
    /// <summary>Null when the cell did what it promises, else why not, in one line.</summary>
    /// <param name="tags">The cell's tags.</param>
    /// <param name="error">The error that ended it; null when it ran to its end.</param>
    /// <param name="errorTypes">The names of the error's type and its base types.</param>
    /// <param name="failedChecks">How many checks it printed as failed.</param>
    public static string? Judge(IReadOnlyList<string> tags, ErrorOutput? error, IReadOnlyList<string>? errorTypes, int failedChecks)
    {
        var failure = errorTypes is null || error is null ? null : $"{error.Name}: {error.Message}";
        if (CellOptions.Argument(tags, "raises-exception") is { } expected)
        {
            if (failure is null)
                return $"The cell is tagged raises-exception and was expected to "
                    + $"raise {(expected.Length > 0 ? expected : "an exception")}; it raised none.";
            if (expected.Length > 0 && !errorTypes!.Contains(expected))
                return $"The cell was expected to raise {expected}. Received: {failure}";
        }
        else if (failure is not null)
        {
            // The stub of an exercise must compile; that it throws is what the reader is to mend.
            return CellOptions.Argument(tags, "exercise") is not null && error!.Name is not ("CompilationError" or "DirectiveError") ? null
                : failure;
        }

        return failedChecks == 0 ? null : $"{failedChecks} check{(failedChecks == 1 ? "" : "s")} failed (✗).";
    }
}
