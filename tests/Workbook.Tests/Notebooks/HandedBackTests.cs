using System.Text.Json;
using Workbook.Helpers;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tests.Host;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>The file that notebook 14 writes at its end, in a real Keras.</summary>
[Trait("speed", "slow")]
public class HandedBackTests
{
    const string Saved = "System.IO.Path.GetTempPath()", Rest = "## A text model";

    [Fact]
    public async Task The_network_that_notebook_14_hands_back_says_in_Keras_what_it_says_here()
    {
        Elsewhere.SkipWithoutKeras();
        using var sandbox = new Sandbox();
        var text = File.ReadAllText(Repository.File("notebooks/14-bring-your-own-model.dib"));
        Assert.Contains(Saved, text, StringComparison.Ordinal);
        Assert.Contains(Rest, text, StringComparison.Ordinal);
        var notebook = sandbox.Write("14.dib", text[..text.IndexOf(Rest, StringComparison.Ordinal)]
            .Replace("#!import workbook.csx", $"#!import {Repository.File("notebooks/workbook.csx")}", StringComparison.Ordinal)
            .Replace(Saved, JsonSerializer.Serialize(sandbox.Folder), StringComparison.Ordinal));
        var (exitCode, output, errors) = sandbox.Run("run", notebook, "--no-pictures");
        Assert.True(exitCode == 0, output + errors);

        var file = sandbox.At("digits-smaller.keras");
        var x = tf.reshape(tf.cast(DataSets.Digits().X[..100] / 16, tf.float32), (-1, 8, 8, 1));
        var here = keras.models.load_model(file).Apply(x).ToArray<float>();
        var asked = await Elsewhere.Ask(new Dictionary<string, Tensor> { ["x"] = x },
            $"model = keras.models.load_model({JsonSerializer.Serialize(file)})", ("said", "model(x)"));
        var there = asked["said"];
        Assert.Equal(here.Length, there.Length);
        Assert.True(here.Zip(there).Max(p => Math.Abs(p.First - p.Second)) <= 1e-6);
    }
}
