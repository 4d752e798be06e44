using System.Text;
using Workbook.Host.Documents;

namespace Workbook.Host.Run;

/// <summary>The outputs of one cell as they come: writes to the same stream that follow each other are one output. Not thread-safe.</summary>
internal sealed class OutputLog
{
    /// <summary>What a cell may write in characters; a loop that prints for ever must not fill the memory of the machine.</summary>
    const int Limit = 10_000_000;

    readonly List<CellOutput> outputs = [];

    readonly StringBuilder tail = new();

    string? stream;

    long written;

    bool cleared;

    /// <summary>Adds an output.</summary>
    public void Add(CellOutput output)
    {
        if (cleared) Clear(wait: false);
        if (output is not StreamOutput text)
        {
            Flush();
            outputs.Add(output);
            return;
        }

        if (stream != text.Name) Flush();
        stream = text.Name;
        var room = (int)Math.Clamp(Limit - written, 0, text.Text.Length);
        tail.Append(text.Text, 0, room);
        written += text.Text.Length;
    }

    /// <summary>Removes all outputs, at once or when the next one comes.</summary>
    public void Clear(bool wait)
    {
        cleared = wait;
        if (wait) return;
        outputs.Clear();
        tail.Clear();
        (stream, written) = (null, 0);
    }

    /// <summary>Replaces the content of the displays with this id.</summary>
    public void Replace(string displayId, MimeBundle data)
    {
        for (var i = 0; i < outputs.Count; i++)
            if (outputs[i] is DisplayOutput display && display.DisplayId == displayId) outputs[i] = new DisplayOutput(data, displayId);
    }

    /// <summary>All outputs so far.</summary>
    public IReadOnlyList<CellOutput> Outputs
    {
        get
        {
            Flush();
            return written <= Limit ? outputs : [.. outputs, new StreamOutput("stderr", $"[{written - Limit:N0} more characters were left out]\n")];
        }
    }

    void Flush()
    {
        if (tail.Length > 0) outputs.Add(new StreamOutput(stream!, tail.ToString()));
        tail.Clear();
        stream = null;
    }
}
