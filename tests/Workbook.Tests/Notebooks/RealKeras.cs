using System.Text.RegularExpressions;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Notebooks;

/// <summary>Runs Python that a page shows in a real Keras 3.</summary>
static partial class RealKeras
{
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
    public static Task<double[][]> Run(IReadOnlyDictionary<string, Tensor> inputs, string code, params string[] asked) =>
        KerasProcess.AskAsync("float64", inputs, code, asked);

    [GeneratedRegex("^```python\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
