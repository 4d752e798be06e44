using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>
/// Formatters that a type brings along, found by name as .NET Interactive finds them, so that a library needs no package of either host:
/// an attribute called <c>TypeFormatterSourceAttribute</c> on the type, a base type or an interface, whose <c>FormatterSourceType</c> is a
/// class with a parameterless constructor and <c>CreateTypeFormatters()</c>; that returns objects with a <c>MimeType</c> and <c>bool Format(object, TextWriter)</c>.
/// </summary>
/// <remarks>A formatter that returns false adds nothing. What it writes is text, JSON where the mime type ends in json, and a base64 string for images.</remarks>
static class FormatterConvention
{
    const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    /// <summary>Adds what the formatters of the value's type write, in their order; nothing when it has none.</summary>
    /// <exception cref="FormatterConventionException">A part of the convention is missing.</exception>
    public static void Apply(object value, MimeBundle bundle)
    {
        if (SourceOf(value.GetType()) is not { } source) return;
        foreach (var formatter in FormattersOf(source))
        {
            var type = formatter.GetType();
            var mimeType = type.GetProperty("MimeType", Any)?.GetValue(formatter) as string
                ?? throw Missing(type, "a string property MimeType");
            var format = type.GetMethod("Format", Any, [typeof(object), typeof(TextWriter)])
                ?? throw Missing(type, "a method bool Format(object, TextWriter)");
            var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
            if (format.Invoke(formatter, BindingFlags.DoNotWrapExceptions, null, [value, writer], null) is true)
                bundle[mimeType] = Parse(mimeType, writer.ToString(), type);
        }
    }

    static Type? SourceOf(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
            if (Declared(level) is { } source) return source;
        return type.GetInterfaces().Select(Declared).FirstOrDefault(s => s is not null);
    }

    static Type? Declared(Type type)
    {
        var attribute = type.GetCustomAttributes(inherit: false).FirstOrDefault(a => a.GetType().Name == "TypeFormatterSourceAttribute");
        if (attribute is null) return null;
        return attribute.GetType().GetProperty("FormatterSourceType", Any)?.GetValue(attribute) as Type
            ?? throw Missing(attribute.GetType(), "a property FormatterSourceType that holds a type");
    }

    static IEnumerable<object> FormattersOf(Type source)
    {
        var constructor = source.GetConstructor(Any, []) ?? throw Missing(source, "a constructor without parameters");
        var create = source.GetMethod("CreateTypeFormatters", Any, []) ?? throw Missing(source, "a method CreateTypeFormatters()");
        var formatters = create.Invoke(constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [], null), BindingFlags.DoNotWrapExceptions, null, [], null);
        return (formatters as IEnumerable)?.Cast<object>() ?? throw Missing(source, "formatters in what CreateTypeFormatters() returns");
    }

    static JsonNode Parse(string mimeType, string text, Type formatter)
    {
        if (!mimeType.EndsWith("json", StringComparison.Ordinal)) return text;
        try
        {
            return JsonNode.Parse(text) ?? throw new JsonException("The text is null.");
        }
        catch (JsonException error)
        {
            throw new FormatterConventionException($"The formatter {formatter.FullName} must write JSON, because its MimeType is {mimeType}. {error.Message}");
        }
    }

    static FormatterConventionException Missing(Type type, string what) =>
        new($"{type.FullName} takes part in the TypeFormatterSource convention and must have {what}; it has none.");
}
