using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Workbook.Host.Export;
using Workbook.Host.Run.Verification;
using Xunit;

namespace Workbook.Tests.Host.Run.Verification;

public class ComparisonTests
{
    [Theory]
    [InlineData("loss 1.0000001 after 3 steps", "loss 1.0000002 after 3 steps", true)]
    [InlineData("loss 1.001", "loss 1.002", false)]
    [InlineData("-1e-7", "1e-7", true)]
    [InlineData("1234567.1", "1234567.2", true)]
    [InlineData("took 12.5 ms", "took 99 ms", true)]
    [InlineData("took 12.5 kg", "took 99 kg", false)]
    [InlineData("took 12 s", "took 99 s", true)]
    [InlineData("Elapsed: 2 min", "Elapsed: 3 min", true)]
    [InlineData("0.142 s of processor time", "3.1 s of processor time", true)]
    [InlineData("5 minutes", "6 minutes", true)]
    [InlineData("max 900 min 2, n = 77 s", "max 3 min 2, n = 10 s", false)]
    [InlineData("max 900 min 2", "max 3 min 2", false)]
    [InlineData("n = 77 s", "n = 10 s", false)]
    [InlineData("at 2026-01-01T10:00:00Z", "at 2027-02-03T11:12:13Z", true)]
    [InlineData("id 0f8fad5b-d9cb-469f-a165-70867728950e", "id 7c9e6679-7425-40de-944b-e07fc1f90ae7", true)]
    [InlineData("a\r\nb\n", "a\nb", true)]
    [InlineData("x1", "x2", false)]
    [InlineData("1 2", "1 2 3", false)]
    [InlineData("NaN", "NaN", true)]
    [InlineData("1", "NaN", false)]
    public void Texts_are_compared_as_a_reader_would(string stored, string fresh, bool same) =>
        Assert.Equal(same, TextComparison.Same(stored, fresh, 1e-6));

    [Theory]
    [InlineData("{\"a\":[1,2]}", "{\"a\":[1.0000001,2.0]}", null)]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", null)]
    [InlineData("{\"a\":[1,2]}", "{\"a\":[1,3]}", "$.a[1]: 2 before, 3 now")]
    [InlineData("{\"a\":[1,2]}", "{\"a\":[1]}", "$.a: 2 elements before, 1 now")]
    [InlineData("{\"a\":1}", "{}", "$.a is gone")]
    [InlineData("{}", "{\"a\":1}", "$.a is new")]
    [InlineData("{\"a\":null}", "{\"a\":1}", "$.a: null before, 1 now")]
    public void Figures_are_compared_as_data(string stored, string fresh, string? difference) =>
        Assert.Equal(difference, JsonComparison.Difference(JsonNode.Parse(stored), JsonNode.Parse(fresh), 1e-6));

    [Fact]
    public void Outputs_that_came_went_or_changed_kind_differ()
    {
        static NotebookDocument Book(params CellOutput[] outputs) =>
            new() { Cells = [new Cell { Language = "csharp", Source = "1", Outputs = [.. outputs] }] };
        Assert.Empty(OutputVerification.Differences(Book(new StreamOutput("stdout", "a")), Book(new StreamOutput("stdout", "a"))));
        Assert.Contains("gone", OutputVerification.Differences(Book(new StreamOutput("stdout", "a")), Book())[1]);
        Assert.Contains("new", OutputVerification.Differences(Book(), Book(new StreamOutput("stdout", "a")))[1]);
        Assert.Contains("(stderr)",
            OutputVerification.Differences(Book(new StreamOutput("stdout", "a")), Book(new StreamOutput("stderr", "a")))[1]);
    }
}
