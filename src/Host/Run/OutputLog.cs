using System.Text;
using Workbook.Host.Documents;

namespace Workbook.Host.Run;

/// <summary>
/// The outputs of one cell as they come: writes to the same stream that follow each other are one output. A loop that writes or displays
/// for ever
/// must not fill the memory of the machine, so what goes past a limit is counted and left out. Not thread-safe.
/// </summary>
sealed class OutputLog
{
    /// <summary>What a cell may write in characters.</summary>
    public const int TextLimit = 10_000_000;

    /// <summary>
    /// What a cell may display in characters of all representations. A picture or a figure of many points takes millions.
    /// </summary>
    public const int DisplayLimit = 50_000_000;

    /// <summary>How many outputs a cell may have.</summary>
    public const int CountLimit = 10_000;

    readonly List<CellOutput> outputs = [];

    readonly StringBuilder tail = new();

    string? stream;

    long written, displayed, leftOut;

    int leftOutDisplays;

    bool cleared;

    bool HasRoom => outputs.Count < CountLimit;

    /// <summary>Adds an output.</summary>
    public void Add(CellOutput output)
    {
        if (cleared) Clear(wait: false);
        if (output is StreamOutput text)
        {
            Add(text);
            return;
        }

        Flush();
        var size = output.Bundle is { } bundle ? bundle.Items.Sum(i => (long)(Languages.Text(i.Value) ?? i.Value.ToJsonString()).Length)
            : 0;

        // An error comes once, at the end, and is what a reader looks for.
        if (output is not ErrorOutput && (!HasRoom || displayed + size > DisplayLimit))
        {
            leftOutDisplays++;
            return;
        }

        displayed += size;
        outputs.Add(output);
    }

    void Add(StreamOutput text)
    {
        if (stream != text.Name) Flush();
        stream = text.Name;
        var room = HasRoom ? (int)Math.Min(TextLimit - written, text.Text.Length) : 0;
        tail.Append(text.Text, 0, room);
        written += room;
        leftOut += text.Text.Length - room;
    }

    /// <summary>Removes all outputs, at once or when the next one comes.</summary>
    public void Clear(bool wait)
    {
        cleared = wait;
        if (wait) return;
        outputs.Clear();
        tail.Clear();
        stream = null;
        (written, displayed, leftOut, leftOutDisplays) = (0, 0, 0, 0);
    }

    /// <summary>Replaces the content of the displays with this id.</summary>
    public void Replace(string displayId, MimeBundle data)
    {
        for (var i = 0; i < outputs.Count; i++)
            if (outputs[i] is DisplayOutput display && display.DisplayId == displayId) outputs[i] = new DisplayOutput(data, displayId);
    }

    /// <summary>All outputs so far, and after them what was left out.</summary>
    public IReadOnlyList<CellOutput> Outputs
    {
        get
        {
            Flush();
            var words = (leftOut > 0 ? $"[{leftOut:N0} more characters were left out]\n" : "")
                + (leftOutDisplays > 0 ? $"[{leftOutDisplays:N0} more outputs were left out]\n" : "");
            return words.Length == 0 ? outputs : [.. outputs, new StreamOutput("stderr", words)];
        }
    }

    void Flush()
    {
        if (tail.Length > 0) outputs.Add(new StreamOutput(stream!, tail.ToString()));
        tail.Clear();
        stream = null;
    }
}
