using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>
/// A Python with a real Keras 3, begun once: to import TensorFlow takes seven seconds. Each text runs in a namespace of its own, as if it
/// were the first, and draws the same numbers each time.
/// </summary>
static class KerasProcess
{
    /// <summary>Names a Python that can import TensorFlow and Keras 3.</summary>
    public const string Python = "WORKBOOK_TENSORFLOW_PYTHON";

    const string Server = """
        import io, json, sys, traceback
        import numpy as np, tensorflow as tf, keras
        from keras import ops
        answers = sys.stdout
        for line in sys.stdin:
            request = json.loads(line)
            sys.stdout = io.StringIO()
            try:
                keras.backend.clear_session()
                keras.config.set_floatx("float32")
                keras.utils.set_random_seed(1)
                names = {"__name__": "__main__", "np": np, "tf": tf, "keras": keras, "ops": ops}
                for name, array in request["inputs"].items():
                    names[name] = np.array(array["values"], request["type"]).reshape(array["shape"])
                exec(request["code"], names)
                answer = {"values": [np.ravel(np.array(eval(asked, names), "float64")).tolist() for asked in request["asked"]]}
            except BaseException:
                answer = {"error": traceback.format_exc()}
            print(json.dumps(answer), file=answers, flush=True)
        """;

    static readonly SemaphoreSlim turn = new(1);

    static readonly StringBuilder said = new();

    static Process? process;

    /// <summary>The Python's name, where there is one; else the calling test is skipped.</summary>
    public static string Require()
    {
        var python = Environment.GetEnvironmentVariable(Python);
        Assert.SkipWhen(string.IsNullOrEmpty(python), $"{Python} does not name a Python with Keras 3.");
        return python!;
    }

    /// <summary>Runs code and asks for values.</summary>
    /// <param name="type">The type of the arrays: float32 or float64.</param>
    /// <param name="inputs">Arrays that the code finds under these names.</param>
    /// <param name="code">The code; keras, ops, np and tf are there.</param>
    /// <param name="asked">Python expressions, each a number or numbers.</param>
    public static async Task<double[][]> AskAsync(string type, IReadOnlyDictionary<string, Tensor> inputs, string code, string[] asked)
    {
        var python = Require();
        var request = JsonSerializer.Serialize(new
        {
            type,
            inputs = inputs.ToDictionary(i => i.Key,
                i => new { shape = i.Value.shape.ToArray(), values = tf.cast(i.Value, tf.float64).ToArray<double>() }),
            code,
            asked,
        });
        var end = TestContext.Current.CancellationToken;
        await turn.WaitAsync(end);
        try
        {
            process ??= Start(python);
            await process.StandardInput.WriteLineAsync(request.AsMemory(), end);
            await process.StandardInput.FlushAsync(end);
            var line = await process.StandardOutput.ReadLineAsync(end);
            if (line is null)
            {
                process = null;
                lock (said) Assert.Fail($"{python} has ended: {said}");
            }

            var answer = JsonDocument.Parse(line).RootElement;
            Assert.False(answer.TryGetProperty("error", out var error), $"{error}");
            return answer.GetProperty("values").Deserialize<double[][]>()!;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>It ends when its input does: at the latest with these tests.</summary>
    static Process Start(string python)
    {
        var info = new ProcessStartInfo(python, ["-c", Server])
        { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var started = Process.Start(info)!;
        started.ErrorDataReceived += (_, line) =>
        {
            lock (said) said.AppendLine(line.Data);
        };
        started.BeginErrorReadLine();
        return started;
    }
}
