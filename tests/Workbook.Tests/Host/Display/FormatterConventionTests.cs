using System.Text.Json.Nodes;
using Workbook.Host.Display;
using Xunit;

namespace Workbook.Tests.Host.Display;

/// <summary>The types here stand for those of a library that knows nothing of the host.</summary>
public class FormatterConventionTests
{
    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Interface)]
    class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
    {
        public Type FormatterSourceType { get; } = formatterSourceType;
    }

    class FigureFormatters
    {
        public IEnumerable<object> CreateTypeFormatters() => [new JsonFormatter(), new SilentFormatter()];
    }

    class JsonFormatter
    {
        public string MimeType => "application/vnd.plotly.v1+json";

        public bool Format(object value, TextWriter writer)
        {
            writer.Write(((IFigure)value).Json);
            return true;
        }
    }

    class SilentFormatter
    {
        public string MimeType => "text/html";

        public bool Format(object value, TextWriter writer) => false;
    }

    interface IFigure
    {
        string Json { get; }
    }

    [TypeFormatterSource(typeof(FigureFormatters))]
    class Figure(string json) : IFigure
    {
        public string Json => json;

        public override string ToString() => "a figure";
    }

    class SpecialFigure() : Figure("""{"special":true}""");

    [TypeFormatterSource(typeof(FigureFormatters))]
    interface IMarkedFigure : IFigure;

    class FigureByInterface : IMarkedFigure
    {
        public string Json => """{"by":"interface"}""";
    }

    [TypeFormatterSource(typeof(object))]
    class Broken;

    [Fact]
    public void A_type_that_brings_formatters_is_shown_by_them_and_still_has_text()
    {
        var bundle = Formatter.Format(new Figure("""{"data":[1]}"""));
        Assert.Equal(["application/vnd.plotly.v1+json", "text/plain"], bundle.Items.Select(i => i.Key));
        Assert.Equal(1, ((JsonObject)bundle.Items[0].Value)["data"]![0]!.GetValue<int>());
        Assert.Equal("a figure", bundle["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void A_base_type_or_an_interface_may_bring_them()
    {
        Assert.True(Json(new SpecialFigure())["special"]!.GetValue<bool>());
        Assert.Equal("interface", Json(new FigureByInterface())["by"]!.GetValue<string>());
    }

    [Fact]
    public void A_formatter_whose_json_cannot_be_read_is_named()
    {
        var error = Assert.Throws<FormatterConventionException>(() => Formatter.Format(new Figure("{")));
        Assert.Contains("JsonFormatter must write JSON, because its MimeType is application/vnd.plotly.v1+json", error.Message);
    }

    [Fact]
    public void A_source_that_does_not_keep_the_convention_is_named()
    {
        var error = Assert.Throws<FormatterConventionException>(() => Formatter.Format(new Broken()));
        Assert.Contains("System.Object takes part in the TypeFormatterSource convention and must have a method CreateTypeFormatters()", error.Message);
    }

    static JsonNode Json(object value) => Formatter.Format(value)["application/vnd.plotly.v1+json"]!;
}
