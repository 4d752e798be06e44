using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Workers.Inside;

/// <summary>
/// Outputs on their way out of a worker, in a size that a message can have: JSON takes no text of more than 166 million characters.
/// </summary>
static class Outgoing
{
    /// <summary>The longest piece of a stream, in characters. Whoever receives it counts what it keeps.</summary>
    public const int Piece = 1_000_000;

    /// <summary>The longest message of an error, and the longest traceback.</summary>
    public const int ErrorLimit = 100_000;

    /// <summary>The longest representation of a value; a cell's outputs may have no more in all.</summary>
    public const int DisplayLimit = 50_000_000;

    /// <summary>
    /// What is sent for an output: a long write in pieces, an error and a value without what is too long, which they say.
    /// </summary>
    public static IEnumerable<CellOutput> Of(CellOutput output) => output switch
    {
        StreamOutput { Text.Length: > Piece } stream => Pieces(stream),
        ErrorOutput error => [error with { Message = Short(error.Message), Traceback = Short(error.Traceback) }],
        DisplayOutput display => [display with { Data = Of(display.Data) }],
        ResultOutput result => [new ResultOutput(Of(result.Data))],
        _ => [output],
    };

    /// <summary>The bundle without representations that are too long; its text says which they were.</summary>
    public static MimeBundle Of(MimeBundle data)
    {
        var tooLong = data.Items.Where(i => Languages.Text(i.Value)?.Length > DisplayLimit).ToList();
        foreach (var (type, value) in tooLong)
        {
            data[type] = null;
            data["text/plain"] ??= JsonValue.Create(
                $"[{Languages.Text(value)!.Length:N0} characters of {type} were left out: more than {DisplayLimit:N0}]");
        }

        return data;
    }

    static IEnumerable<StreamOutput> Pieces(StreamOutput stream)
    {
        for (var at = 0; at < stream.Text.Length;)
        {
            var end = Math.Min(at + Piece, stream.Text.Length);
            if (end < stream.Text.Length && char.IsHighSurrogate(stream.Text[end - 1])) end--;
            yield return stream with { Text = stream.Text[at..end] };
            at = end;
        }
    }

    static string Short(string text) =>
        text.Length <= ErrorLimit ? text : $"{text[..ErrorLimit]}… [{text.Length - ErrorLimit:N0} more characters were left out]";

    static IReadOnlyList<string> Short(IReadOnlyList<string> lines)
    {
        var kept = new List<string>();
        var room = ErrorLimit;
        foreach (var line in lines.TakeWhile(_ => room > 0))
        {
            kept.Add(Short(line));
            room -= line.Length;
        }

        return kept.Count == lines.Count ? kept : [.. kept, $"[{lines.Count - kept.Count:N0} more lines were left out]"];
    }
}
