using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>The files that notebook 14 writes, in a real Keras.</summary>
[Trait("speed", "slow")]
public class HandedBackTests
{
    const string Saved = "System.IO.Path.GetTempPath()", Import = "#!import workbook.csx", Digits = "#!csharp\n\n//| fold: Four parts",
        Text = "## A text model", End = "## When to do it";

    [Theory]
    [InlineData("digits-smaller.keras", Digits, Text)]
    [InlineData("remarks-smaller.keras", Text, End)]
    public async Task A_network_that_notebook_14_hands_back_says_in_Keras_what_it_says_here(string name, string from, string to)
    {
        KerasProcess.Require();
        using var sandbox = new Sandbox();
        var text = File.ReadAllText(Repository.File("notebooks/14-bring-your-own-model.dib"));
        var (start, end) = (At(from), At(to));
        Assert.Contains(Saved, text[start..end], StringComparison.Ordinal);
        var notebook = sandbox.Write("14.dib", text[..At(Digits)].Replace(Import, $"#!import {Repository.File("notebooks/workbook.csx")}",
            StringComparison.Ordinal) + (from == Text ? "#!markdown\n\n" : "")
            + text[start..end].Replace(Saved, JsonSerializer.Serialize(sandbox.Folder), StringComparison.Ordinal));
        var (exitCode, output, errors) = sandbox.Run("run", notebook, "--no-pictures");
        Assert.True(exitCode == 0, output + errors);

        var file = sandbox.At(name);
        var x = from == Text ? tf.cast(DataSets.Remarks().X[..100, ..13], tf.int32)
            : tf.reshape(tf.cast(DataSets.Digits().X[..100] / 16, tf.float32), (-1, 8, 8, 1));
        var here = keras.models.load_model(file).Apply(x).ToArray<float>();
        var asked = await Elsewhere.Ask(new Dictionary<string, Tensor> { ["x"] = x },
            $"model = keras.models.load_model({JsonSerializer.Serialize(file)})", ("said", "model(x)"));
        var there = asked["said"];
        Assert.Equal(here.Length, there.Length);
        Assert.True(here.Zip(there).Max(p => Math.Abs(p.First - p.Second)) <= 1e-6);

        int At(string mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at ? at
            : throw new InvalidOperationException($"Expected '{mark}' in notebook 14. Received: none.");
    }
}
