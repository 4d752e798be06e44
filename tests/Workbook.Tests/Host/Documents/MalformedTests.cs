using System.Text;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Documents;

/// <summary>Whatever stands in the place of what a notebook should hold, it is read or refused with an error of ours.</summary>
public class MalformedTests
{
    static readonly string[] Others = ["null", "true", "1.5", "\"x\"", "[]", "[\"x\"]", "[null]", "[[1]]", "{}", "{\"x\":1}"];

    [Fact]
    public void Each_value_of_an_ipynb_may_be_any_other()
    {
        var sample = Extended();
        var count = Nodes(sample).Count();
        Assert.InRange(count, 60, 1000);
        for (var i = 0; i < count; i++) Replace(i, json => Attempt("a.ipynb", json));

        void Replace(int at, Action<string> read)
        {
            foreach (var other in Others)
            {
                var changed = sample.DeepClone();
                Nodes(changed).ElementAt(at).ReplaceWith(JsonNode.Parse(other));
                read(changed.ToJsonString());
            }
        }
    }

    [Fact]
    public void Each_value_of_a_meta_block_may_be_any_other()
    {
        var meta = JsonNode.Parse(Samples.Dib.Split('\n')[2])!;
        for (var i = 0; i < Nodes(meta).Count(); i++)
        {
            foreach (var other in Others)
            {
                var changed = meta.DeepClone();
                Nodes(changed).ElementAt(i).ReplaceWith(JsonNode.Parse(other));
                Attempt("a.dib", $"#!meta\n{changed.ToJsonString()}\n#!csharp\n1");
            }
        }
    }

    [Theory]
    [InlineData("a.ipynb", "{\"nbformat\":4,\"metadata\":{},\"cells\":[\n{\"cell_type\":\"code\",\"source\":\"\\ud800\"}]}", 2)]
    [InlineData("a.ipynb", "{\"nbformat\":4,\"metadata\":{\"\\udc00\":1},\"cells\":[]}", 1)]
    [InlineData("a.dib", "1\n#!meta\n{\"kernelInfo\":{\"items\":[{\"name\":\"\\ud800\"}]}}", 3)]
    public void Half_a_surrogate_pair_is_refused_and_its_line_told(string name, string text, int line)
    {
        var refusal = Assert.Throws<NotebookFormatException>(() => NotebookFile.Parse(name, Encoding.UTF8.GetBytes(text)));
        Assert.Contains("half a surrogate pair", refusal.Message);
        Assert.Equal(line, refusal.Line);
    }

    /// <summary>The sample with every other place in which a notebook can name languages.</summary>
    static JsonNode Extended()
    {
        var sample = JsonNode.Parse(Samples.Ipynb)!;
        sample["metadata"]!["dotnet_interactive"] = new JsonObject { ["language"] = "csharp" };
        sample["metadata"]!["kernelInfo"] = JsonNode.Parse(
            """{"defaultKernelName":"csharp","items":[{"name":"csharp","aliases":["cs"]}]}""");
        return sample;
    }

    /// <summary>Every value below the root that is not null, as null cannot be replaced.</summary>
    static IEnumerable<JsonNode> Nodes(JsonNode node)
    {
        var children = node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] };
        return children.OfType<JsonNode>().SelectMany(c => Nodes(c).Prepend(c));
    }

    static void Attempt(string name, string text)
    {
        try
        {
            var document = NotebookFile.Parse(name, Encoding.UTF8.GetBytes(text));
            NotebookFile.Parse("b.ipynb", NotebookFile.Bytes(document, "b.ipynb"));
            NotebookFile.Bytes(document, "b.dib");
        }
        catch (NotebookFormatException)
        {
            // The one kind of refusal that is allowed; any other exception fails the test.
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(text, e);
        }
    }
}
