using Workbook.Host.Documents;
using Workbook.Host.Workers.Pipe;

namespace Workbook.Host.Workers.Outside;

/// <summary>Hears what the cells of a worker put out. Called from several threads.</summary>
interface IWorkerListener
{
    /// <summary>A cell put this out.</summary>
    /// <param name="id">The id under which the cell was run.</param>
    /// <param name="output">What it put out.</param>
    void Put(int id, CellOutput output);

    /// <summary>Whatever has this display id shows this now.</summary>
    void Replace(string displayId, MimeBundle data);

    /// <summary>A cell took back all that it has put out.</summary>
    /// <param name="id">The id under which the cell was run.</param>
    /// <param name="wait">Whether its outputs stay until the next one comes.</param>
    void Clear(int id, bool wait);

    /// <summary>A cell waits for a line of input.</summary>
    /// <param name="id">The id under which the cell was run.</param>
    /// <param name="prompt">What the cell asks; empty where it has asked already or does not say.</param>
    /// <param name="isPassword">Whether the answer is not to be seen.</param>
    Task<InputGiven> AskAsync(int id, string prompt, bool isPassword);
}
