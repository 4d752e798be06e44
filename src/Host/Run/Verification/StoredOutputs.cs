using Workbook.Host.Documents;
using Workbook.Host.Run.Results;
using Workbook.Host.Wording;

namespace Workbook.Host.Run.Verification;

/// <summary>Holds a run against the outputs that are stored beside its notebook.</summary>
static class StoredOutputs
{
    /// <summary>The report, in which a cell has failed whose outputs differ.</summary>
    /// <remarks>
    /// A notebook without stored outputs gets a notice; one whose stored outputs cannot be read or belong to other cells, a problem.
    /// </remarks>
    public static NotebookReport Compare(NotebookReport report)
    {
        var file = OutputVerification.StoredPath(report.Notebook.File);
        var shown = (report.Notebook with { File = file }).Shown;
        if (!File.Exists(file)) return Nothing(report);
        NotebookDocument stored;
        try
        {
            stored = NotebookFile.Read(file);
        }
        catch (NotebookFormatException e)
        {
            return report with
            {
                Problem =
                $"{shown}{(e.Line > 0 ? $":{e.Line}" : "")}: {e.Message} Store the outputs anew with --update."
            };
        }

        if (!stored.Cells.Exists(c => c.ExecutionCount is not null || c.Outputs.Count > 0)) return Nothing(report);
        var differences = OutputVerification.Differences(stored, report.Document!);
        var more = OutputVerification.Code(stored).Count() - OutputVerification.Code(report.Document!).Count();
        return report with
        {
            Problem = more > 0 ? $"{shown}: {Words.Count(more, "cell")} more than the notebook has. Store it anew with --update."
                : report.Problem,
            Cells = [.. report.Cells.Select(c => c.Status == CellStatus.Passed && differences.TryGetValue(c.Number, out var difference)
                ? c with { Status = CellStatus.Failed, Verification = true,
                    Message = $"The outputs differ from those stored in {Path.GetFileName(file)}.", Details = difference.Split('\n') }
                : c)],
        };
    }

    static NotebookReport Nothing(NotebookReport report) =>
        report with { Notice = $"{report.Notebook.Shown}: no outputs are stored to compare with. Store them with --update." };
}
