using System.Text.Json.Serialization;

namespace Workbook.Host.Language;

/// <summary>
/// What a front end wants to know of a text that is being typed. Positions count UTF-16 code units; see <see cref="CodePoints"/>.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(CompletionQuestion), "completion")]
[JsonDerivedType(typeof(InspectionQuestion), "inspection")]
[JsonDerivedType(typeof(WarmingQuestion), "warming")]
abstract record Question;

/// <summary>A question that is answered by this type.</summary>
abstract record Question<TAnswer> : Question
    where TAnswer : Answer;

/// <summary>What can stand at the cursor?</summary>
/// <param name="Code">The whole cell.</param>
/// <param name="Cursor">The position of the cursor in it.</param>
sealed record CompletionQuestion(string Code, int Cursor) : Question<Completions>;

/// <summary>What is it that the cursor is in, or right behind? In the argument list of a call it is the call: its signatures.</summary>
/// <param name="Code">The whole cell.</param>
/// <param name="Cursor">The position of the cursor in it.</param>
/// <param name="Detail">0 for the short answer, 1 for all there is.</param>
sealed record InspectionQuestion(string Code, int Cursor, int Detail) : Question<Inspection>;

/// <summary>
/// Asked in steps from 0, before there is a question, so that the first real one is answered as fast as the later ones.
/// </summary>
/// <param name="Step">Which of the steps; each is short, and a real question may come between two.</param>
sealed record WarmingQuestion(int Step) : Question<Warmed>;
