using System.Text.Json.Nodes;
using Workbook.Host.Display;
using Workbook.Host.Documents;
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
    class Broken(int value)
    {
        public int Value => value;
    }

    /// <summary>As other libraries have it: the convention by its constructor, in a namespace of their own.</summary>
    static class Elsewhere
    {
        public class TypeFormatterSourceAttribute(Type source) : Attribute
        {
            public Type TypeFormatterSourceType => source;
        }

        public class MuteTypeFormatterSource
        {
            [AttributeUsage(AttributeTargets.All)]
            public class TypeFormatterSourceAttribute : Attribute;
        }

        [TypeFormatterSource(typeof(FigureFormatters))]
        public class ByConstructor() : Figure("""{"by":"constructor"}""");

        [MuteTypeFormatterSource.TypeFormatterSource]
        public record Mute(int Value);

        [TypeFormatterSource(typeof(Sources.Throwing))]
        public record ByThrowingSource(int Value);

        [TypeFormatterSource(typeof(Sources.Nothing))]
        public record ByNothing(int Value);

        [TypeFormatterSource(typeof(Sources.Mixed))]
        public record ByMixed(int Value);

        [TypeFormatterSource(typeof(List<>))]
        public record ByOpenType(int Value);
    }

    static class Sources
    {
        public class Throwing
        {
            public IEnumerable<object> CreateTypeFormatters() => throw new InvalidOperationException("not today");
        }

        public class Nothing
        {
            public object? CreateTypeFormatters() => null;
        }

        public class Mixed
        {
            public static object[] CreateTypeFormatters() => [new object(), new Failing(), new Wrapped(), new SilentFormatter()];
        }

        class Failing
        {
            public string MimeType => "text/html";

            public bool Format(object value, TextWriter writer)
            {
                writer.Write("<b>half");
                throw new FormatException("in the middle");
            }
        }

        class Context(TextWriter writer)
        {
            public TextWriter Writer => writer;
        }

        class Wrapped
        {
            public string MimeType => "text/markdown";

            public bool Format(object value, Context context)
            {
                context.Writer.Write("**it**");
                return true;
            }
        }
    }

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
    public void The_argument_of_the_attributes_constructor_is_enough() =>
        Assert.Equal("constructor", Json(new Elsewhere.ByConstructor())["by"]!.GetValue<string>());

    [Fact]
    public void A_formatter_whose_json_cannot_be_read_is_named_and_adds_nothing()
    {
        var (bundle, said) = Shown(new Figure("{"));
        Assert.Equal(["text/plain"], bundle.Items.Select(i => i.Key));
        Assert.Contains("JsonFormatter of", said.Single());
        Assert.Contains("it must write JSON, because its MimeType is application/vnd.plotly.v1+json", said.Single());
    }

    [Theory]
    [InlineData(typeof(Broken), "must have a method CreateTypeFormatters(); it has none")]
    [InlineData(typeof(Elsewhere.Mute), "must have a property FormatterSourceType, or an argument of its constructor, that is a type")]
    [InlineData(typeof(Elsewhere.ByThrowingSource), "not today")]
    [InlineData(typeof(Elsewhere.ByNothing), "must have formatters in what CreateTypeFormatters() returns")]
    [InlineData(typeof(Elsewhere.ByOpenType), "List`1 must have a method CreateTypeFormatters()")]
    public void What_merely_resembles_the_convention_is_shown_as_any_other_object_and_said(Type type, string words)
    {
        var (bundle, said) = Shown(Activator.CreateInstance(type, 5)!);
        Assert.Contains($"{type.Name} {{ Value = 5 }}", bundle["text/plain"]!.GetValue<string>());
        Assert.Contains("<th scope=\"row\">Value</th>", bundle["text/html"]!.GetValue<string>());
        Assert.Contains(words, said.Single());
        Assert.Contains($"+{type.Name} looks as if it brought formatters of its own", said.Single());
    }

    [Fact]
    public void A_formatter_that_fails_costs_its_representation_and_no_other()
    {
        var (bundle, said) = Shown(new Elsewhere.ByMixed(5));
        Assert.Equal("**it**", bundle["text/markdown"]!.GetValue<string>());
        Assert.Null(bundle["text/html"]);
        Assert.Equal("ByMixed { Value = 5 }", bundle["text/plain"]!.GetValue<string>());
        Assert.Equal(2, said.Count);
        Assert.Contains("System.Object must have a string property MimeType", said[0]);
        Assert.Contains("in the middle", said[1]);
    }

    static (MimeBundle Bundle, List<string> Said) Shown(object value)
    {
        var said = new List<string>();
        return (Formatter.Format(value, said.Add), said);
    }

    static JsonNode Json(object value) => Formatter.Format(value)["application/vnd.plotly.v1+json"]!;
}
