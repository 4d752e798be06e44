using System.Text.Json.Serialization;
using Workbook.Host.Documents;
using Workbook.Host.Language;
using Workbook.Host.Packages;
using Workbook.Host.Sessions;

namespace Workbook.Host.Workers.Pipe;

/// <summary>What a host and its worker say to each other: one JSON object a line, over a pipe of their own.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(StartSession), "start")]
[JsonDerivedType(typeof(ExecuteCell), "execute")]
[JsonDerivedType(typeof(AskLanguage), "ask")]
[JsonDerivedType(typeof(InterruptCell), "interrupt")]
[JsonDerivedType(typeof(InputGiven), "input")]
[JsonDerivedType(typeof(EndSession), "end")]
[JsonDerivedType(typeof(SessionReady), "ready")]
[JsonDerivedType(typeof(CellPut), "put")]
[JsonDerivedType(typeof(DisplayReplaced), "replaced")]
[JsonDerivedType(typeof(OutputCleared), "cleared")]
[JsonDerivedType(typeof(InputAsked), "asked")]
[JsonDerivedType(typeof(CellFinished), "finished")]
[JsonDerivedType(typeof(LanguageAnswered), "answered")]
abstract record WorkerMessage;

/// <summary>
/// To the worker, first: the folder to work in, the packages its cells will ask for, and the mark to leave on the raw streams after each
/// cell.
/// </summary>
sealed record StartSession(string Folder, PackageSet Packages, string Mark) : WorkerMessage;

/// <summary>To the worker: run this.</summary>
sealed record ExecuteCell(int Id, SourceUnit Unit) : WorkerMessage;

/// <summary>To the worker, at any time: answer this, whether or not a cell runs.</summary>
sealed record AskLanguage(int Id, Question Question) : WorkerMessage;

/// <summary>To the worker, while it runs this cell: end it, if that can be done without ending the process.</summary>
sealed record InterruptCell(int Id) : WorkerMessage;

/// <summary>To the worker: the line that a cell waits for; without a text and a refusal, the input is at its end.</summary>
/// <param name="Text">The line without its end.</param>
/// <param name="Refusal">Why there is no input.</param>
sealed record InputGiven(string? Text, string? Refusal) : WorkerMessage;

/// <summary>To the worker: nothing more will come; say what is left to say and end.</summary>
sealed record EndSession : WorkerMessage;

/// <summary>From the worker: cells can come.</summary>
sealed record SessionReady : WorkerMessage;

/// <summary>From the worker: the cell put this out.</summary>
sealed record CellPut(int Id, [property: JsonConverter(typeof(OutputConverter))] CellOutput Output) : WorkerMessage;

/// <summary>From the worker: whatever has this display id shows this now.</summary>
sealed record DisplayReplaced(string DisplayId, [property: JsonConverter(typeof(OutputConverter))] CellOutput Output) : WorkerMessage;

/// <summary>From the worker: the cell took back what it has put out, at once or when its next output comes.</summary>
sealed record OutputCleared(int Id, bool Wait) : WorkerMessage;

/// <summary>From the worker: the cell waits for a line of input.</summary>
sealed record InputAsked(int Id, string Prompt, bool IsPassword) : WorkerMessage;

/// <summary>From the worker: the cell is done; null when all went well.</summary>
sealed record CellFinished(int Id, SourcePlace? Place, IReadOnlyList<string>? ErrorTypes, double Milliseconds, long PeakMemory)
    : WorkerMessage;

/// <summary>From the worker: the answer to the question with this id, or else why there is none.</summary>
sealed record LanguageAnswered(int Id, Answer? Answer, string? Failure) : WorkerMessage;
