using System.Text.Json.Nodes;
using CsCheck;
using Workbook.Host.Documents;
using Xunit;

namespace Workbook.Tests.Host.Documents;

public class RoundTripTests
{
    [Fact]
    public void Reading_and_writing_a_dib_gives_the_same_bytes() => Assert.Equal(Samples.Dib, DibWriter.Write(DibReader.Read(Samples.Dib)));

    [Fact]
    public void Reading_and_writing_an_ipynb_as_Jupyter_saves_it_gives_the_same_bytes() =>
        Assert.Equal(Samples.Text(Samples.Ipynb), Samples.Text(IpynbWriter.Write(IpynbReader.Read(Samples.Ipynb))));

    [Fact]
    public void The_points_of_a_chart_stand_on_one_line_and_are_read_back()
    {
        const string points = "[1,2.5,-3e-7,null,5,6,7,8,9,10]";
        var chart = JsonNode.Parse($$$"""{"data":[{"x":[1,2],"y":{{{points}}}}]}""")!;
        var cell = new Cell { Language = "csharp", Source = "chart" };
        cell.Outputs.Add(new DisplayOutput(new() { Items = { new("application/vnd.plotly.v1+json", chart) } }));
        var bytes = IpynbWriter.Write(new() { Cells = [cell] });
        Assert.Contains($"\"y\": {points}\n", Samples.Text(bytes));
        Assert.Contains("\"x\": [\n", Samples.Text(bytes));
        var read = Assert.IsType<DisplayOutput>(Assert.Single(IpynbReader.Read(bytes).Cells[0].Outputs));
        Assert.True(JsonNode.DeepEquals(chart, read.Data["application/vnd.plotly.v1+json"]));
    }

    [Theory]
    [InlineData("\n    \"my long tag\",\n    \"raises-exception\"\n   ", "1")]
    [InlineData("\n    \"raises-exception FormatException\"\n   ", "1")]
    [InlineData("", "1")]
    public void Tags_survive_byte_for_byte(string tags, string source)
    {
        var text = Samples.Text(IpynbWriter.Write(Samples.Notebook(("csharp", source.Split('\n')[^1]))));
        var end = text.IndexOf("   },\n   \"outputs\"", StringComparison.Ordinal);
        text = text[..(end - 1)] + $",\n    \"tags\": [{tags.Replace("\n", "\n ")}]\n" + text[end..];
        if (source.Contains('\n')) text = text.Replace("    \"1\"\n", $"    \"{source.Split('\n')[0]}\\n\",\n    \"1\"\n");
        Assert.Equal(text, Samples.Text(IpynbWriter.Write(IpynbReader.Read(System.Text.Encoding.UTF8.GetBytes(text)))));
    }

    [Fact]
    public void From_dib_to_ipynb_and_back_gives_the_same_bytes()
    {
        var ipynb = IpynbWriter.Write(DibReader.Read(Samples.Dib));
        Assert.Equal(Samples.Dib, DibWriter.Write(IpynbReader.Read(ipynb)));
    }

    [Fact]
    public void What_is_written_of_any_text_is_read_back_and_written_the_same()
    {
        var line = Gen.OneOf(
            Gen.Const("#!csharp"), Gen.Const("#!md"), Gen.Const("#!value --name x"), Gen.Const(""), Gen.Const("  "),
                Gen.Const("//| tags: a, b"), Gen.Const("var x = 1;"), Gen.Const("#!nonsense"), Gen.Const("é😀"), Gen.Const("\t"),
            Gen.String[Gen.Char[' ', '~'], 0, 8]);
        line.Array[0, 12].Sample(lines =>
        {
            var once = DibWriter.Write(DibReader.Read(string.Join('\n', lines)));
            return DibWriter.Write(DibReader.Read(once)) == once
                && DibWriter.Write(IpynbReader.Read(IpynbWriter.Write(DibReader.Read(once)))) == once;
        });
    }

    [Fact]
    public void A_dib_cut_anywhere_is_read_or_refused_with_an_error_of_ours()
    {
        for (var length = 0; length <= Samples.Dib.Length; length++) Attempt(() => DibReader.Read(Samples.Dib[..length]));
    }

    [Fact]
    public void An_ipynb_cut_anywhere_is_refused_with_an_error_of_ours()
    {
        for (var length = 0; length < Samples.Ipynb.Length - 2; length++)
            Assert.Throws<NotebookFormatException>(() => IpynbReader.Read(Samples.Ipynb[..length]));
    }

    [Theory]
    [InlineData("a.dib")]
    [InlineData("a.ipynb")]
    public void Bytes_that_are_no_text_are_refused_with_an_error_of_ours(string name) =>
        Assert.Contains("UTF-8",
            Assert.Throws<NotebookFormatException>(() => NotebookFile.Parse(name, [(byte)'"', 0xC3, 0x28, (byte)'"'])).Message);

    [Fact]
    [Trait("speed", "slow")]
    public void Fifty_megabytes_are_read_and_written()
    {
        var big = new string('x', 1000) + "\n";
        var document = Samples.Notebook(("csharp", "1"));
        document.Cells[0].Outputs.Add(new StreamOutput("stdout", string.Concat(Enumerable.Repeat(big, 50_000))));
        var bytes = IpynbWriter.Write(document);
        Assert.True(bytes.Length > 50_000_000);
        Assert.Equal(50_050_000, ((StreamOutput)IpynbReader.Read(bytes).Cells[0].Outputs[0]).Text.Length);
    }

    static void Attempt(Action read)
    {
        try
        {
            read();
        }
        catch (NotebookFormatException)
        {
            // The one kind of refusal that is allowed; any other exception fails the test.
        }
    }
}
