namespace Workbook.Tests.Host;

/// <summary>A cell that shows a Plotly figure and needs no library for it.</summary>
static class FigureCell
{
    public const string Source = """"
        class TypeFormatterSourceAttribute(Type source) : Attribute { public Type FormatterSourceType => source; }
        class Formatters { public object[] CreateTypeFormatters() => [new Formatter()]; }
        class Formatter
        {
            public string MimeType => "application/vnd.plotly.v1+json";
            public bool Format(object value, System.IO.TextWriter writer)
            {
                writer.Write("""{"data":[{"y":[1,3,2]}],"layout":{"title":{"text":"It rises"}}}""");
                return true;
            }
        }
        [TypeFormatterSource(typeof(Formatters))] class Figure { }
        new Figure()
        """";
}
