using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Workbook.Host.Sessions;

/// <summary>What the compiler has against a source.</summary>
/// <param name="diagnostics">All it said.</param>
/// <param name="references">What the source could refer to.</param>
sealed class CompilationFailure(ImmutableArray<Diagnostic> diagnostics, ReferenceSet references) : Exception
{
    /// <summary>The errors, in the order of the source.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; } =
        [.. diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).OrderBy(d => d.Location.SourceSpan.Start)];

    /// <summary>What the source could refer to.</summary>
    public ReferenceSet References { get; } = references;
}
