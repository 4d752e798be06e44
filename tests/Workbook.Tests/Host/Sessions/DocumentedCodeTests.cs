using System.Text.RegularExpressions;
using Xunit;

namespace Workbook.Tests.Host.Sessions;

/// <summary>The C# of the documents runs in cells as it stands there.</summary>
[Trait("speed", "slow")]
public partial class DocumentedCodeTests
{
    const string Names = "using Workbook.Tensors;\nusing Workbook.Keras;\nusing static Workbook.Keras.keras;\n";

    readonly SessionHarness session = new();

    async Task<string> ReferToTheLibraryAsync()
    {
        var lines = new[] { "Tensors", "Keras" }.Select(
            l => $"#r \"{Repository.File($"artifacts/helpers/Workbook.{l}.dll").Replace('\\', '/')}\"\n");
        return await session.PassAsync(string.Concat(lines) + Names) ?? "";
    }

    [Fact]
    public async Task The_code_of_the_page_on_Keras_runs_cell_by_cell()
    {
        await ReferToTheLibraryAsync();
        await session.PassAsync("var x_train = tf.ones([20, 10]);\nvar y_train = tf.ones([20, 1]);");
        var blocks = Block().Matches(await File.ReadAllTextAsync(Repository.File("docs/keras.md"), TestContext.Current.CancellationToken))
            .Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(3, blocks.Count);
        await session.PassAsync(blocks[0]);
        await session.PassAsync(blocks[1]);
        await session.PassAsync(
            "var model = new TwoLosses();\nvar x = tf.ones([4, 3]);\nvar y = tf.ones([4, 10]) / 10;\nvar optimizer = "
                + "keras.optimizers.Adam();");
        await session.PassAsync(blocks[2]);
    }

    [Fact]
    public async Task The_code_of_the_page_on_decisions_runs_cell_by_cell()
    {
        await ReferToTheLibraryAsync();
        await session.PassAsync($"#r \"{Repository.File("artifacts/helpers/Workbook.Helpers.dll").Replace('\\', '/')}\"\n"
            + "using Workbook.Helpers;\nTensor x = tf.random.normal([30, 10]), xv = tf.random.normal([10, 10]);\n"
            + "Tensor y = tf.random.normal([30, 1]), yv = tf.random.normal([10, 1]);\n"
            + "var network = keras.Sequential([keras.Input(10), keras.layers.Dense(3, activation: \"softmax\")]);\n"
            + "var classes = (tf.argmax(network.predict(xv), axis: 1) + tf.constant(new long[] { 0, 0, 0, 1, 0, 0, 0, 0, 1, 0 })) % 3;\n"
            + "var small = keras.Sequential([keras.Input(10), keras.layers.Dense(1)]);\n"
            + "small.compile(keras.optimizers.SGD(0.1), \"mse\");\n"
            + "var tasks = new[] { new MetaTask(x, y, xv, yv) };");
        var page = await File.ReadAllTextAsync(Repository.File("docs/should-i-learn-it.md"), TestContext.Current.CancellationToken);
        var blocks = Block().Matches(page).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(page.Split("```csharp").Length - 1, blocks.Count);
        foreach (var block in blocks) await session.PassAsync(block);
        Assert.Equal("1", await session.PassAsync("model.hyper_variables.Count"));
    }

    [Fact]
    public async Task The_line_of_the_page_on_TensorFlow_runs_in_a_cell()
    {
        await ReferToTheLibraryAsync();
        var line = Tape().Match(await File.ReadAllTextAsync(Repository.File("docs/tensorflow.md"), TestContext.Current.CancellationToken));
        Assert.True(line.Success);
        await session.PassAsync(
            $"var w = tf.Variable(2.0);\nvar b = tf.Variable(1.0);\n{line.Groups[1].Value}\nvar loss = w * w + b;\nvar all "
                + $"= {line.Groups[2].Value};");
        Assert.Equal("2", await session.PassAsync("all.Length"));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\| `(using var g = tf\.GradientTape\(\);)` `(g\.gradient\(loss, \[w, b\]\))` \|")]
    private static partial Regex Tape();
}
