using Workbook.Host.Documents;
using Workbook.Tests.Host.Sessions;
using Xunit;

namespace Workbook.Tests.Host.Interactive;

/// <summary>The same cells without a front end.</summary>
[Trait("speed", "slow")]
public sealed class MarkedCellTests : IDisposable
{
    readonly Sandbox sandbox = new();

    public void Dispose() => sandbox.Dispose();

    [Fact]
    public void A_run_keeps_texts_and_shares_them_and_says_that_nobody_answers()
    {
        sandbox.Write("a.ipynb",
            Notebook("#!value --name poem\\nroses", "#!share --from value poem\\npoem", "#!html\\n<b>x</b>", "#!whos",
                "//| tags: raises-exception\\n#!set --name n --value @input:\\\"Who?\\\"",
                    "//| tags: raises-exception\\nawait GetInputAsync(\\\"Who?\\\")"));
        var (exitCode, output, errors) = sandbox.Run("run", "a.ipynb", "--no-pictures");
        Assert.True(exitCode == 0, output + errors);
        var cells = sandbox.Executed("a").Cells;
        Assert.Equal("roses", Languages.Text(cells[1].Outputs.Single().Bundle!["text/plain"]));
        Assert.Equal("<b>x</b>", Languages.Text(cells[2].Outputs.Single().Bundle!["text/html"]));
        Assert.Contains("poem", Languages.Text(cells[3].Outputs.Single().Bundle!["text/plain"]));
        foreach (var cell in cells.TakeLast(2))
            Assert.StartsWith("The cell asks \"Who?\", and nobody is there to answer.",
                cell.Outputs.OfType<ErrorOutput>().Single().Message);
    }

    [Fact]
    public void A_package_may_name_a_culture_and_numbers_stay_invariant()
    {
        sandbox.Write("a.dib",
            "#!csharp\nvar german = System.Globalization.CultureInfo.GetCultureInfo(\"de-DE\");\nConsole.WriteLine(1.5.ToString(german) + "
                + "\" \" + 1.5 + \" \" + german.Name);\n");
        var (exitCode, output, errors) = sandbox.Run("run", "a.dib", "--no-pictures");
        Assert.True(exitCode == 0, output + errors);
        Assert.Equal("1.5 1.5 de-DE\n", sandbox.Stream("a", "stdout"));
    }

    [Fact]
    public void Humanizer_counts_in_words()
    {
        sandbox.Write("a.dib", "#!csharp\n#r \"nuget: Humanizer.Core, 2.14.1\"\nusing Humanizer;\n3.ToWords()\n");
        var (_, output, errors) = sandbox.Run("run", "a.dib", "--no-pictures");
        if (errors.Contains("could not be restored")) Assert.Skip(errors);
        Assert.Equal("three", Languages.Text(sandbox.Executed("a").Cells[0].Outputs.Single().Bundle!["text/plain"]));
    }

    [Fact]
    public async Task The_packages_of_NET_Interactive_are_not_in_the_way()
    {
        var session = new SessionHarness(AppContext.BaseDirectory);
        await session.RunAsync(
            "#r \"nuget: Microsoft.DotNet.Interactive.Formatting, 1.0.0-beta.26120.1\"\nusing "
                + "Microsoft.DotNet.Interactive.Formatting;\nFormatter.Register<Version>(v => \"v\", \"text/plain\");\nvar text = "
                    + "display(new Version(1, 2));\nFormatter.ResetToDefault();");
        if (session.Failure is { Output.Message: var words } && words.Contains("could not be restored")) Assert.Skip(words);
        Assert.Null(session.Failure);
        Assert.Equal(["v"], session.Displays);
    }

    static string Notebook(params string[] sources) => "{\"nbformat\":4,\"nbformat_minor\":5,\"metadata\":{},\"cells\":["
        + string.Join(',',
            sources.Select(
                (s, i) =>
                    $"{{\"cell_type\":\"code\",\"id\":\"c{i}\",\"metadata\":{{}},\"execution_count\":null,\"outputs\":[],\"source\":\"{s}\"}}")) + "]}";
}
