using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Interactive;

/// <summary>
/// The cells of all rows of docs/interactive.md, run once: those that show something as one notebook, and for each that is refused, which
/// ends its notebook, one of its own with what stands before it in its row.
/// </summary>
public sealed class RowsNotebooks : IDisposable
{
    readonly Sandbox sandbox = new();

    readonly Dictionary<InteractiveRows.RowCell, string> refused = [];

    readonly List<InteractiveRows.RowCell> shown = [];

    public RowsNotebooks()
    {
        foreach (var row in InteractiveRows.All.Values)
        {
            var before = new List<InteractiveRows.RowCell>();
            foreach (var cell in row)
            {
                if (!IsRefused(cell))
                {
                    before.Add(cell);
                    shown.Add(cell);
                    continue;
                }

                refused[cell] = $"refused{refused.Count}";
                Write(refused[cell], [.. before, cell]);
            }
        }

        Write("shown", shown);
        sandbox.Write("text.txt", InteractiveRows.TextFile);
        (_, _, Errors) = sandbox.Run("run", ".", "--no-pictures", "--jobs", "2");
    }

    /// <summary>What the run said.</summary>
    public string Errors { get; }

    /// <summary>In a run nobody answers.</summary>
    internal static bool IsRefused(InteractiveRows.RowCell cell) => cell.Refusal is not null || cell.Prompt is not null;

    /// <summary>A cell as it was executed.</summary>
    internal Cell Executed(InteractiveRows.RowCell cell) =>
        refused.TryGetValue(cell, out var own) ? sandbox.Executed(own).Cells[^1] : sandbox.Executed("shown").Cells[shown.IndexOf(cell)];

    void Write(string name, IReadOnlyList<InteractiveRows.RowCell> cells)
    {
        // As a front end writes it, that knows nothing of languages of cells.
        var written = cells.Select((c, i) => new JsonObject
        {
            ["cell_type"] = "code",
            ["id"] = $"c{i}",
            ["metadata"] = new JsonObject(),
            ["execution_count"] = null,
            ["outputs"] = new JsonArray(),
            ["source"] = c.Code,
        });
        sandbox.Write($"{name}.ipynb", new JsonObject
        {
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject(),
            ["cells"] = new JsonArray([.. written]),
        }.ToJsonString());
    }

    public void Dispose() => sandbox.Dispose();
}

/// <summary>What docs/interactive.md says of cells of .NET Interactive, row by row, under <c>workbook run</c>.</summary>
[Trait("speed", "slow")]
public sealed class InteractiveRunTests(RowsNotebooks notebooks) : IClassFixture<RowsNotebooks>
{
    public static TheoryData<string> Rows => [.. InteractiveRows.All.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_of_the_page_is_true_in_a_run(string row)
    {
        foreach (var cell in InteractiveRows.All[row])
        {
            var executed = notebooks.Executed(cell);
            if (executed.Language == "markdown")
            {
                // In a notebook it is a text, which is shown without being run.
                cell.Check!([new InteractiveRows.Shown(executed.Source, type => type == "text/markdown" ? executed.Source : null)]);
                continue;
            }

            var outputs = executed.Outputs;
            var refusal = cell.Prompt is null ? cell.Refusal : $"The cell asks \"{cell.Prompt}\", and nobody is there to answer.";
            if (refusal is not null)
            {
                Assert.Contains(refusal, outputs.OfType<ErrorOutput>().Single().Message);
                continue;
            }

            Assert.True(!outputs.OfType<ErrorOutput>().Any(), notebooks.Errors);
            cell.Check?.Invoke([.. outputs.Select(o => new InteractiveRows.Shown(
                o is StreamOutput stream ? stream.Text : Languages.Text(o.Bundle!["text/plain"]) ?? "", t => o.Bundle?[t]))]);
        }
    }
}
