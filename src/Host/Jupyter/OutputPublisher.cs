using System.Text;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Jupyter.Wire;

namespace Workbook.Host.Jupyter;

/// <summary>
/// Tells front ends what cells put out. Writes to the same stream that follow each other within a moment go out as one message:
/// a loop that writes line by line would otherwise be a message a line, more than a front end can draw.
/// </summary>
/// <param name="sockets">The way to the front ends.</param>
sealed class OutputPublisher(KernelSockets sockets)
{
    static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(40);

    /// <summary>What is written within a moment may be any amount; a message of it is not.</summary>
    const int LongestMessage = 1 << 20;

    readonly Lock publishing = new();

    readonly StringBuilder text = new();

    (Request Parent, string Stream)? writer;

    /// <summary>Publishes an output.</summary>
    public void Put(Execution execution, CellOutput output)
    {
        lock (publishing)
        {
            if (output is StreamOutput stream)
            {
                Write(execution.Request, stream);
                return;
            }

            Send();
            if (LabStyles.AreServed && output.Bundle is { } bundle && LabStyles.Before(bundle) is { } style)
                sockets.Publish(execution.Request, "display_data", OutputContent.Of(style), isOutput: true);
            var (type, content) = output switch
            {
                ResultOutput result => ("execute_result", OutputContent.Of(result.Data)),
                DisplayOutput display => ("display_data", OutputContent.Of(display.Data, display.DisplayId)),
                _ => ("error", OutputContent.Of((ErrorOutput)output)),
            };
            if (output is ResultOutput) content["execution_count"] = execution.Count;
            sockets.Publish(execution.Request, type, content, isOutput: output is not ErrorOutput);
        }
    }

    /// <summary>Publishes the new content of a display.</summary>
    public void Replace(Request? parent, string displayId, MimeBundle data) =>
        Tell(parent, "update_display_data", OutputContent.Of(data, displayId), isOutput: true);

    /// <summary>Takes back the outputs of a cell.</summary>
    public void Clear(Request parent, bool wait) => Tell(parent, "clear_output", new JsonObject { ["wait"] = wait });

    /// <summary>Publishes what is not an output, in its place among the outputs.</summary>
    public void Tell(Request? parent, string type, JsonObject content, bool isOutput = false)
    {
        lock (publishing)
        {
            Send();
            sockets.Publish(parent, type, content, isOutput);
        }
    }

    /// <summary>Publishes what has been written so far.</summary>
    public void Flush()
    {
        lock (publishing) Send();
    }

    void Write(Request parent, StreamOutput stream)
    {
        if (writer != (parent, stream.Name)) Send();
        if (writer is null) _ = FlushSoonAsync();
        writer = (parent, stream.Name);
        text.Append(stream.Text);
        if (text.Length > LongestMessage) Send();
    }

    async Task FlushSoonAsync()
    {
        await Task.Delay(Moment);
        Flush();
    }

    void Send()
    {
        if (writer is not var (parent, stream)) return;
        sockets.Publish(parent, "stream", new JsonObject { ["name"] = stream, ["text"] = text.ToString() }, isOutput: true);
        text.Clear();
        writer = null;
    }
}
