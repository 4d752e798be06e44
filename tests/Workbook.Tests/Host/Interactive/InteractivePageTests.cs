using Workbook.Tests.Host.Jupyter;
using Xunit;

namespace Workbook.Tests.Host.Interactive;

/// <summary>What docs/interactive.md says of cells of .NET Interactive, row by row, in the kernel.</summary>
[Trait("speed", "slow")]
public sealed class InteractivePageTests(KernelFixture fixture) : IClassFixture<KernelFixture>
{
    readonly KernelClient client = fixture.Client;

    public static TheoryData<string> Rows => [.. InteractiveRows.All.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_row_of_the_page_is_true_in_the_kernel(string row)
    {
        fixture.Sandbox.Write("text.txt", InteractiveRows.TextFile);
        foreach (var cell in InteractiveRows.All[row]) await CheckAsync(cell);
    }

    [Fact]
    public void The_page_has_these_rows()
    {
        var lines = File.ReadAllLines(Repository.File("docs/interactive.md"));
        var start = Array.IndexOf(lines, "| in a cell of .NET Interactive | here |");
        Assert.Equal(InteractiveRows.All.Keys,
            lines.Skip(start + 2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split(" | ")[0].TrimStart('|').Trim()));
    }

    async Task CheckAsync(InteractiveRows.RowCell cell)
    {
        var id = client.Run(cell.Code);
        if (cell.Prompt is not null)
        {
            var asked = await client.WaitAsync(m => m.Socket == "stdin" && m.ParentId == id);
            Assert.Equal((cell.Prompt, cell.IsPassword),
                ((string?)asked.Content["prompt"], (bool)asked.Content["password"]!));
            await client.GiveInputAsync(id, InteractiveRows.Answer);
        }

        var (reply, outputs) = await client.EndAsync(id);
        if (cell.Refusal is { } words)
        {
            Assert.Equal("error", reply.Status);
            Assert.Contains(words, (string?)reply.Content["evalue"]);
            return;
        }

        Assert.True(reply.Status == "ok", reply.Content.ToJsonString());
        cell.Check?.Invoke([.. outputs.Select(o => new InteractiveRows.Shown(o.Text ?? "", type => o.Content["data"]?[type]))]);
    }
}
