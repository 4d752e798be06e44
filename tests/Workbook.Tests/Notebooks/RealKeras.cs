using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>Runs Python that a page shows in a real Keras 3.</summary>
static partial class RealKeras
{
    /// <summary>Names a Python that can import TensorFlow and Keras 3.</summary>
    const string Python = "WORKBOOK_TENSORFLOW_PYTHON";

    /// <summary>The Python of a text, block by block.</summary>
    /// <param name="path">A file of the repository.</param>
    /// <param name="section">The heading behind which to look, up to the next one; null: everywhere.</param>
    public static string[] Blocks(string path, string? section = null)
    {
        var text = File.ReadAllText(Repository.File(path));
        if (section is not null)
        {
            var from = text.IndexOf($"\n## {section}\n", StringComparison.Ordinal) + 1;
            Assert.True(from > 0, $"Expected a section '{section}' in {path}. Received: none.");
            var to = text.IndexOf("\n## ", from, StringComparison.Ordinal);
            text = text[from..(to < 0 ? text.Length : to)];
        }
        return [.. Block().Matches(text).Select(m => m.Groups[1].Value)];
    }

    /// <summary>Runs code and asks for values.</summary>
    /// <param name="inputs">Arrays that the code finds under these names, as float64.</param>
    /// <param name="code">The code; keras, ops, np and tf are imported.</param>
    /// <param name="asked">Python expressions, each a number or numbers.</param>
    public static async Task<double[][]> Run(IReadOnlyDictionary<string, Tensor> inputs, string code, params string[] asked)
    {
        var python = Environment.GetEnvironmentVariable(Python);
        Assert.SkipWhen(string.IsNullOrEmpty(python), $"{Python} does not name a Python with Keras 3.");
        var data = JsonSerializer.Serialize(inputs.ToDictionary(i => i.Key,
            i => new { shape = i.Value.shape.ToArray(), values = tf.cast(i.Value, tf.float64).ToArray<double>() }));
        var script = $"""
            import json, sys
            import numpy as np, tensorflow as tf, keras
            from keras import ops
            for name, array in json.load(sys.stdin).items():
                globals()[name] = np.array(array["values"], "float64").reshape(array["shape"])
            {code}
            print("asked " + json.dumps([np.ravel(np.array(v, "float64")).tolist() for v in [{string.Join(", ", asked)}]]))
            """;
        var info = new ProcessStartInfo(python!, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        var end = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(end), process.StandardError.ReadToEndAsync(end));
        await process.StandardInput.WriteAsync(data);
        process.StandardInput.Close();
        await process.WaitForExitAsync(end);
        Assert.True(process.ExitCode == 0, await errors);
        var line = Assert.Single((await output).Split('\n'), l => l.StartsWith("asked ", StringComparison.Ordinal));
        return JsonSerializer.Deserialize<double[][]>(line["asked ".Length..])!;
    }

    [GeneratedRegex("^```python\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
