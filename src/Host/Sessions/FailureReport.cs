using System.Diagnostics;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Microsoft.CodeAnalysis;
using Workbook.Host.Display;
using Workbook.Host.Documents;
using Workbook.Host.Wording;

namespace Workbook.Host.Sessions;

/// <summary>Turns what ended a cell into words: the place in the notebook first, no frames of the compiler or of this program.</summary>
/// <param name="sources">What the session has run.</param>
/// <param name="cell">The running cell. Files are shown as seen from its folder, so that a saved notebook names no folder of this
/// machine.</param>
sealed class FailureReport(IReadOnlyList<SourceUnit> sources, SourceUnit cell)
{
    /// <summary>What is longer is data and no message; it stands in the notebook twice.</summary>
    const int LongestMessage = 100_000;

    /// <summary>Nobody reads more errors of one cell, and a line of data has one for each of its words.</summary>
    const int MostErrors = 50, LongestLine = 200;

    readonly string folder = Path.GetDirectoryName(cell.File)!;

    /// <summary>The report of an exception that left the running cell.</summary>
    public CellFailure Of(Exception exception)
    {
        switch (exception)
        {
            case SessionException e:
                return new CellFailure(new ErrorOutput(e.Name, e.Message, [$"{e.Place.From(folder)}: {e.Message}"]), e.Place, [e.Name]);
            case CompilationFailure e:
                return Compilation(e);
            case NotebookFormatException e:
                return new CellFailure(new ErrorOutput("DirectiveError", e.Message, [e.Message]), cell.Place(Math.Max(cell.Line, 1)),
                    ["DirectiveError"]);
        }

        if (exception is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 }
            && exception.InnerException is { } inner) exception = inner;
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var place = Places(frames).FirstOrDefault(p => p.Cell == cell.Cell && p.File == cell.File) ?? Places(frames).FirstOrDefault();
        var lines = new List<string>();
        if (place is not null) lines.Add($"{place.From(folder)}:");
        if (place is not null && Line(place) is { } text) lines.Add($"    {Excerpt(text, 0).Text}");
        Describe(exception, lines, "");
        return new CellFailure(new ErrorOutput(exception.GetType().Name, Message(exception), lines), place,
            [.. Types(exception.GetType())]);
    }

    CellFailure Compilation(CompilationFailure failure)
    {
        var lines = new List<string>();
        SourcePlace? first = null;
        foreach (var error in failure.Errors.Take(MostErrors))
        {
            var span = error.Location.GetMappedLineSpan();
            var place = error.Location.IsInSource ? Place(span.Path, span.StartLinePosition.Line + 1) : null;
            first ??= place;
            lines.Add($"{(place is null ? "" : $"{place.From(folder)}: ")}error {error.Id}: {error.GetMessage()}");
            if (place is null || Line(place) is not { } text) continue;
            var (shown, column) = Excerpt(text, span.StartLinePosition.Character);
            lines.Add($"    {shown}");
            lines.Add($"    {new string(' ', column)}^");
        }

        if (failure.Errors.Count > MostErrors) lines.Add($"[{failure.Errors.Count - MostErrors:N0} more errors were left out]");
        if ((MissingReference.Hint(failure, folder) ?? DialectHint.Of(failure)) is { } hint) lines.Add(hint);
        var message = failure.Errors.Count == 0 ? "The cell does not compile."
            : $"{failure.Errors[0].Id}: {failure.Errors[0].GetMessage()}";
        return new CellFailure(new ErrorOutput("CompilationError", message, lines), first ?? cell.Place(Math.Max(cell.Line, 1)),
            ["CompilationError"]);
    }

    void Describe(Exception exception, List<string> lines, string relation)
    {
        lines.Add($"{relation}{exception.GetType().FullName}: {Message(exception)}");
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
            if (Words(frame) is { } words) lines.Add($"   at {words}");
        foreach (var inner in exception is AggregateException many ? many.InnerExceptions
            : new[] { exception.InnerException }.OfType<Exception>())
            Describe(inner, lines, "caused by ");
    }

    static string Message(Exception exception) =>
        Safely.Message(exception) is var message && message.Length > LongestMessage
            ? $"{message[..LongestMessage]}… [{message.Length - LongestMessage:N0} more characters were left out]" : message;

    IEnumerable<SourcePlace> Places(StackFrame[] frames) => frames.Select(Place).OfType<SourcePlace>();

    SourcePlace? Place(StackFrame frame) => Place(frame.GetFileName(), frame.GetFileLineNumber());

    /// <summary>The latest source wins, because a cell may run again.</summary>
    SourcePlace? Place(string? path, int line) => path is null ? null : sources.LastOrDefault(s => s.Contains(path, line))?.Place(line);

    string? Line(SourcePlace place)
    {
        var unit = sources.LastOrDefault(s => s.File == place.File && s.Cell == place.Cell);
        return unit?.Source.Split('\n').ElementAtOrDefault(place.LineInCell - 1)?.TrimEnd('\r');
    }

    /// <summary>A line as far as one wants to see it, and where in that a column is.</summary>
    static (string Text, int Column) Excerpt(string line, int column)
    {
        if (line.Length <= LongestLine) return (line, column);
        var start = Math.Clamp(column - (LongestLine / 2), 0, line.Length - LongestLine);
        var (before, after) = (start > 0 ? "…" : "", start + LongestLine < line.Length ? "…" : "");
        return ($"{before}{line.AsSpan(start, LongestLine)}{after}", column - start + before.Length);
    }

    string? Words(StackFrame frame)
    {
        if (frame.GetMethod() is not { } method) return null;
        var type = method.DeclaringType;
        if (type?.Assembly == typeof(FailureReport).Assembly || type == typeof(ExceptionDispatchInfo)) return null;
        if (type?.Namespace is "System.Runtime.CompilerServices" && type.Name.Contains("Await")) return null;
        var place = Place(frame)?.From(folder)
            ?? (frame.GetFileName() is { } file ? $"{Path.GetRelativePath(folder, file).Replace('\\', '/')}:{frame.GetFileLineNumber()}"
                : null);
        return Name(method) + (place is null ? "" : $" in {place}");
    }

    /// <summary>
    /// The method as its author knows it; the classes that the compiler makes of cells, lambdas and async methods are left out.
    /// </summary>
    static string Name(MethodBase method)
    {
        var parts = new List<string>();
        for (var type = method.DeclaringType; type is not null; type = type.DeclaringType)
        {
            var name = type.Name.StartsWith('<') ? Inside(type.Name) : type.Name.StartsWith("Submission#", StringComparison.Ordinal) ? ""
                : type.Name;
            if (name.Length > 0) parts.Insert(0, name);
        }

        var own = method.Name switch { "MoveNext" => "", ['<', ..] => Inside(method.Name), _ => method.Name };
        if (own.Length > 0) parts.Add(own);
        var words = string.Join('.', parts.Where(p => p is not "Initialize" and not "Factory"));
        return words.Length == 0 ? "the cell" : method.Name == "MoveNext" ? words
            : $"{words}({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})";

        static string Inside(string name) => name.TrimStart('<').Split('>')[0];
    }

    static IEnumerable<string> Types(Type? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            yield return type.Name;
            if (type.FullName is { } full) yield return full;
        }
    }
}
