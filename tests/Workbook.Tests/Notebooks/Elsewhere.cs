using System.Diagnostics;
using System.Text.Json;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>Runs the Python that a notebook shows under "The same elsewhere", in a real Keras.</summary>
static class Elsewhere
{
    /// <summary>Names a Python that can import TensorFlow and Keras 3.</summary>
    const string Python = "WORKBOOK_TENSORFLOW_PYTHON";

    const string Heading = "## The same elsewhere", Fence = "```";

    /// <summary>The Python, where there is one; else the test is skipped.</summary>
    public static string SkipWithoutKeras()
    {
        var python = Environment.GetEnvironmentVariable(Python);
        Assert.SkipWhen(string.IsNullOrEmpty(python), $"{Python} does not name a Python with Keras 3.");
        return python!;
    }

    /// <summary>What the notebook shows, as it stands there.</summary>
    public static string Code(string notebook)
    {
        var text = File.ReadAllText(Repository.File($"notebooks/{notebook}.dib"));
        var section = text.IndexOf(Heading, StringComparison.Ordinal);
        Assert.True(section >= 0, $"Expected a section '{Heading}' in {notebook}. Received: none.");
        var from = text.IndexOf(Fence + "python\n", section, StringComparison.Ordinal) + Fence.Length + "python\n".Length;
        return text[from..text.IndexOf(Fence, from, StringComparison.Ordinal)];
    }

    /// <summary>Runs it and asks for some values.</summary>
    /// <param name="notebook">The notebook's name.</param>
    /// <param name="inputs">Arrays that the code finds under these names, as float32.</param>
    /// <param name="before">Python that comes before it.</param>
    /// <param name="asked">Names of what is asked for, and Python that computes them.</param>
    public static Task<IReadOnlyDictionary<string, double[]>> Run(string notebook, IReadOnlyDictionary<string, Tensor> inputs,
        string before, params (string Name, string Expression)[] asked) => Ask(inputs, $"{before}\n{Code(notebook)}", asked);

    /// <summary>Runs Python in a real Keras and asks for some values.</summary>
    /// <param name="inputs">Arrays that the code finds under these names, as float32.</param>
    /// <param name="code">The Python.</param>
    /// <param name="asked">Names of what is asked for, and Python that computes them.</param>
    public static async Task<IReadOnlyDictionary<string, double[]>> Ask(IReadOnlyDictionary<string, Tensor> inputs, string code,
        params (string Name, string Expression)[] asked)
    {
        var python = SkipWithoutKeras();
        var data = JsonSerializer.Serialize(inputs.ToDictionary(i => i.Key,
            i => new { shape = i.Value.shape.ToArray(), values = tf.cast(i.Value, tf.float64).ToArray<double>() }));
        var script = $"""
            import json, sys
            import numpy as np, tensorflow as tf, keras
            from keras import ops
            for name, array in json.load(sys.stdin).items():
                globals()[name] = np.array(array["values"], "float32").reshape(array["shape"])
            {code}
            print("asked " + json.dumps([np.ravel(np.array(value, "float64")).tolist() for value in [{string.Join(", ",
                asked.Select(a => a.Expression))}]]))
            """;
        var info = new ProcessStartInfo(python, ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(info)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.StandardInput.WriteAsync(data);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        var line = Assert.Single((await output).Split('\n'), l => l.StartsWith("asked ", StringComparison.Ordinal));
        var values = JsonSerializer.Deserialize<double[][]>(line["asked ".Length..])!;
        return asked.Zip(values).ToDictionary(p => p.First.Name, p => p.Second);
    }
}
