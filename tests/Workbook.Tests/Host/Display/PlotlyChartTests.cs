using Workbook.Host.Documents;
using Workbook.Tests.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Display;

/// <summary>
/// Charts of Plotly.NET as its own documents have people write them. Plotly.NET 6 is a package of this repository; others are asked of the
/// registry.
/// </summary>
[Trait("speed", "slow")]
public class PlotlyChartTests
{
    readonly SessionHarness session = new(AppContext.BaseDirectory);

    [Theory]
    [InlineData("Plotly.NET, 6.0.0",
        "using Plotly.NET;\nvar trace = new Trace(\"scatter\");\ntrace.SetProperty(\"y\", new[] { 1, 3, 2 "
            + "});\nGenericChart.ofTraceObject(false, trace)")]
    [InlineData("Plotly.NET.CSharp, 0.14.0",
        "using Plotly.NET.CSharp;\nChart.Line<double, double, string>(x: new double[] { 0, 1, 2 }, y: new double[] { 1, 3, 2 })")]
    [InlineData("Plotly.NET.CSharp, 0.13.0",
        "using Plotly.NET.CSharp;\nChart.Line<double, double, string>(x: new double[] { 0, 1, 2 }, y: new double[] { 1, 3, 2 })")]
    public async Task A_chart_is_a_cells_value_and_is_drawn(string package, string chart)
    {
        await session.RunAsync($"#r \"nuget: {package}\"\n{chart}");
        SkipWithoutPackage();
        Assert.True(session.Failure is null, session.Failure is null ? "" : string.Join('\n', session.Failure.Output.Traceback));
        var bundle = session.Outputs.OfType<ResultOutput>().Single().Data;
        Assert.Equal("scatter", (string?)bundle["application/vnd.plotly.v1+json"]!["data"]![0]!["type"]);
        Assert.Equal("Chart (1 × scatter)", (string?)bundle["text/plain"]);
        Assert.Empty(session.Outputs.OfType<StreamOutput>());
    }

    [Fact]
    public async Task Charts_are_drawn_also_with_the_extension_for_NET_Interactive_and_after_another_version()
    {
        const string Line =
            "using Plotly.NET.CSharp;\nChart.Line<double, double, string>(x: new double[] { 0, 1 }, y: new double[] { 1, 3 }).Display();";
        await session.RunAsync($"#r \"nuget: Plotly.NET.Interactive, 6.0.0\"\n#r \"nuget: Plotly.NET.CSharp, 0.14.0\"\n{Line}");
        SkipWithoutPackage();
        Assert.NotNull(session.Outputs.OfType<DisplayOutput>().Single().Data["application/vnd.plotly.v1+json"]);
        await session.RunAsync($"#r \"nuget: Plotly.NET, 5.1.0\"\n{Line}");
        Assert.True(
            session.Failure is null || session.Failure.Output.Message.Contains("could not be restored")
                || session.Failure.Output.Message.Contains("NU1605"), session.Failure?.Output.Message);
    }

    void SkipWithoutPackage()
    {
        if (session.Failure is { Output.Message: var words } && words.Contains("could not be restored")) Assert.Skip(words);
    }
}
