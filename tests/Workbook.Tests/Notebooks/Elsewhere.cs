using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>Runs the Python that a notebook shows under "The same elsewhere", in a real Keras.</summary>
static class Elsewhere
{
    const string Heading = "## The same elsewhere", Fence = "```";

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
        var values = await KerasProcess.AskAsync("float32", inputs, code, [.. asked.Select(a => a.Expression)]);
        return asked.Zip(values).ToDictionary(p => p.First.Name, p => p.Second);
    }
}
