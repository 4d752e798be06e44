namespace Workbook.Tests.Helpers.Display;

/// <summary>Formats a value as a notebook host does: by the names of an attribute and of its members, without knowing any type.</summary>
static class Shown
{
    /// <summary>The value in one mime type.</summary>
    public static string As(string mimeType, object value)
    {
        var attribute = value.GetType().GetCustomAttributes(true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        var source = Activator.CreateInstance((Type)Get(attribute, "FormatterSourceType"))!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        var formatter = formatters.Single(f => (string)Get(f, "MimeType") == mimeType);
        var writer = new StringWriter();
        var done = (bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer])!;
        return done ? writer.ToString() : throw new InvalidOperationException($"{mimeType} was not written.");
    }

    /// <summary>The mime types that the value prefers, best first.</summary>
    public static string[] Preferred(object value) =>
        (string[])Get(value.GetType().GetCustomAttributes(true).Single(a => a.GetType().Name == "TypeFormatterSourceAttribute"),
            "PreferredMimeTypes");

    static object Get(object instance, string property) => instance.GetType().GetProperty(property)!.GetValue(instance)!;
}
