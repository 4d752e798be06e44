using System.Text.Json.Serialization;

namespace Workbook.Host.Language;

/// <summary>The answer to a <see cref="Question"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(Completions), "completions")]
[JsonDerivedType(typeof(Inspection), "inspection")]
[JsonDerivedType(typeof(Warmed), "warmed")]
abstract record Answer;

/// <summary>What can stand in place of the text from <paramref name="Start"/> to <paramref name="End"/>.</summary>
/// <param name="Start">The first position, in UTF-16 code units.</param>
/// <param name="End">The position behind the last.</param>
/// <param name="Items">Each begins with what stands before the cursor, in any case. Argument names first, then variables, then the rest;
/// each in the order of the alphabet.</param>
sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items) : Answer;

/// <summary>One thing that can stand at the cursor.</summary>
/// <param name="Text">What to insert.</param>
/// <param name="Kind">What it is, in the words of JupyterLab: class, interface, enum, function, property, field, event, constant, variable,
/// parameter, namespace, keyword; or directive, path, text.</param>
sealed record Completion(string Text, string Kind);

/// <summary>What there is to say about a name or a call.</summary>
/// <param name="Text">The signatures and the documentation as plain text; null when there is nothing at the cursor.</param>
sealed record Inspection(string? Text) : Answer;

/// <summary>Whether a text can be run.</summary>
/// <param name="Status">As Jupyter spells it: complete, incomplete or invalid.</param>
/// <param name="Indent">What the next line should begin with, where the text is incomplete.</param>
sealed record Completeness(string Status, string Indent);

/// <summary>A step is done.</summary>
/// <param name="More">Whether the services need another one.</param>
sealed record Warmed(bool More) : Answer;
