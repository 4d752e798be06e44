using Workbook.Host.Documents;
using Workbook.Host.Run.Results;

namespace Workbook.Host.Run;

/// <summary>Hears how a run goes on. Called from several threads when notebooks run side by side.</summary>
interface IRunProgress
{
    /// <summary>A notebook begins.</summary>
    void Begins(NotebookPath notebook, int cells);

    /// <summary>Something is to be known before the notebooks run.</summary>
    void Notes(string text);

    /// <summary>A cell wrote something to a stream. Heard only where it was asked for.</summary>
    void Writes(NotebookPath notebook, string stream, string text);

    /// <summary>A cell is done.</summary>
    void Done(NotebookPath notebook, CellReport cell);

    /// <summary>A notebook is done and its files are written.</summary>
    void Done(NotebookReport report);
}
