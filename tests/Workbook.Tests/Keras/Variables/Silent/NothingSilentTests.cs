using Workbook.Tensors;
using Workbook.Tests.Keras.Training;
using Xunit;

namespace Workbook.Tests.Keras.Variables.Silent;

/// <summary>A variable trains, or is refused, or is reported by its name: each row is one way to bring one in.</summary>
public class NothingSilentTests
{
    /// <summary>By the kinds that docs/variables.md lists.</summary>
    static readonly Dictionary<string, Dictionary<string, Action<Variable>>> kinds = new()
    {
        ["a tensor computed from v, in a closure, a field, a collection or a number"] = Stale.Rows,
        ["a threshold, a mask or one of several, computed from v"] = Stale.Choices,
        ["another variable, or a weight, that begins with the value of v"] = All(Stale.Copies, Logged.Domains),
        ["data computed from v: inputs, targets, sample weights, validation, a generator"] = Data.Rows,
        ["what a step reads later than the first"] = Late.Rows,
        ["a number of an optimizer that nobody compiles"] = All(Updates.Numbers, Logged.Numbers),
        ["a gradient that v scales, clips or joins before an update"] = All(Updates.Mixed, Averages.Rows, Prices.Rows),
        ["a gradient that a loop of one's own does not ask for, or does not use"] = Unasked.Rows,
        ["a learning rate v that a callback sets"] = Updates.Replaced,
        ["a gradient of exactly 0, one that is rounding, or none"] = All(Updates.Still, Slopes.Rows),
        ["v that nobody owns, or that an update or a test_step leaves out"] = Updates.Owners,
        ["v in a frozen part and in an open one"] = Updates.Parts,
        ["v on another thread"] = Updates.Threads,
        ["v in a metric; a tensor that the first step makes of v"] = All(Updates.Moments, Logged.Rows, Prices.Metrics),
    };

    static Dictionary<string, Action<Variable>> All(params Dictionary<string, Action<Variable>>[] parts) =>
        parts.SelectMany(p => p).ToDictionary();

    static readonly Dictionary<string, Action<Variable>> rows = kinds.Values.SelectMany(r => r).ToDictionary(r => r.Key, r => r.Value);

    public static TheoryData<string> Attempts => [.. rows.Keys];

    [Fact]
    public void The_page_on_variables_lists_exactly_these_kinds()
    {
        var listed = File.ReadLines(Repository.File("docs/variables.md")).Where(l => l.StartsWith("| **", StringComparison.Ordinal))
            .Select(l => l[4..l.IndexOf("**", 4, StringComparison.Ordinal)]);
        Assert.Equal(kinds.Keys, listed);
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public void A_variable_trains_or_is_refused_or_is_reported(string attempt)
    {
        tf.random.set_seed(5);
        var v = tf.Variable(0.3, name: "v");
        var before = 0.3f;
        var said = ErrorStream.Anew(() =>
        {
            try
            {
                rows[attempt](v);
            }
            catch (Exception e) when (e.Message.Contains("'v", StringComparison.Ordinal))
            {
                Console.Error.WriteLine(e.Message);
            }
        });
        if (attempt.Contains("v < 0", StringComparison.Ordinal)) before = -1;
        if (attempt.Contains("never reached", StringComparison.Ordinal)) before = 50;
        Assert.True(float.IsFinite((float)v), $"v is {(float)v}");
        Assert.True(
            (float)v != before || said.Contains("'v'", StringComparison.Ordinal) || said.Contains("'v/raw'", StringComparison.Ordinal)
                || said.Contains("'v/kernel'", StringComparison.Ordinal),
                $"Silent. Said: {said}");
    }
}
