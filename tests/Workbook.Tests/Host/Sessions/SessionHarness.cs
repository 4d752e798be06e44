using Workbook.Host.Documents;
using Workbook.Host.Sessions;

namespace Workbook.Tests.Host.Sessions;

/// <summary>A session in this process, whose cells stand in a notebook that is ten lines long before the first of them.</summary>
sealed class SessionHarness
{
    readonly CSharpSession session;

    readonly List<CellOutput> outputs = [];

    readonly string file;

    int cell;

    int line = 10;

    /// <summary>A session without cells.</summary>
    /// <param name="folder">Where its notebook is.</param>
    /// <param name="most">How many plain cells stay apart.</param>
    public SessionHarness(string folder = "/nowhere", int most = 64) =>
        (file, session) = (Path.Combine(folder, "book.dib"), new CSharpSession(most: most));

    /// <summary>What the last cell put out.</summary>
    public IReadOnlyList<CellOutput> Outputs => outputs;

    /// <summary>How the last cell failed; null when it did not.</summary>
    public CellFailure? Failure { get; private set; }

    /// <summary>Runs a cell and gives its value as text; null when it has none.</summary>
    public async Task<string?> RunAsync(string source)
    {
        outputs.Clear();
        var sink = new CellSink(outputs.Add, (id, data) =>
        {
            for (var i = 0; i < outputs.Count; i++)
                if (outputs[i] is DisplayOutput { DisplayId: { } own } && own == id) outputs[i] = new DisplayOutput(data, id);
        });
        Failure = await session.RunAsync(new SourceUnit(file, ++cell, line, source), sink);
        line += source.Split('\n').Length + 1;
        return outputs.OfType<ResultOutput>().Select(o => Languages.Text(o.Data["text/plain"])).SingleOrDefault();
    }

    /// <summary>Runs a cell that must not fail.</summary>
    public async Task<string?> PassAsync(string source)
    {
        var value = await RunAsync(source);
        Xunit.Assert.True(Failure is null, Failure is null ? "" : string.Join('\n', Failure.Output.Traceback));
        return value;
    }

    /// <summary>The text of the displays of the last cell.</summary>
    public IEnumerable<string?> Displays => outputs.OfType<DisplayOutput>().Select(o => Languages.Text(o.Data["text/plain"]));
}
