using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using Workbook.Host.Documents;

namespace Workbook.Host.Display;

/// <summary>
/// Formatters that a type brings along, found by name as .NET Interactive finds them, so that a library needs no package of either host:
/// an attribute called <c>TypeFormatterSourceAttribute</c> on the type, a base type or an interface, that names a class with
/// <c>CreateTypeFormatters()</c>; that returns objects with a <c>MimeType</c> and <c>bool Format(object, TextWriter)</c>.
/// </summary>
/// <remarks>
/// The class is the attribute's <c>FormatterSourceType</c>, or else the type that its constructor was given. A formatter that returns false
/// adds
/// nothing. What it writes is text, JSON where the mime type ends in json, and a base64 string for images. What does not keep the
/// convention, or
/// fails, adds nothing but a word on why: how a value is shown never decides whether its cell passes.
/// </remarks>
static class FormatterConvention
{
    const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;

    /// <summary>Adds what the formatters of the value's type write, in their order; nothing when it has none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="bundle">Takes the representations.</param>
    /// <param name="say">Takes what the author of the type should know.</param>
    public static void Apply(object value, MimeBundle bundle, Action<string> say)
    {
        var type = value.GetType();
        if (Attempt($"{TypeName.Full(type)} looks as if it brought formatters of its own", () => Formatters(type),
            say) is not { } formatters) return;
        foreach (var formatter in formatters)
            Attempt($"The formatter {TypeName.Full(formatter.GetType())} of {TypeName.Full(type)} adds nothing",
                () => Write(formatter, value, bundle), say);
    }

    static T? Attempt<T>(string what, Func<T?> action, Action<string> say)
        where T : class
    {
        try
        {
            return action();
        }
        catch (Exception e) when (!Safely.IsInterrupt(e))
        {
            say($"{what}: {Safely.Message(e is TargetInvocationException { InnerException: { } inner } ? inner : e)}");
            return null;
        }
    }

    static List<object>? Formatters(Type type)
    {
        if (Attribute(type) is not { } attribute) return null;
        var source = Source(attribute)
            ?? throw Missing(attribute.AttributeType, "a property FormatterSourceType, or an argument of its constructor, that is a type");
        var create = source.GetMethod("CreateTypeFormatters", Any, []) ?? throw Missing(source, "a method CreateTypeFormatters()");
        var owner = create.IsStatic ? null : Activator.CreateInstance(source, nonPublic: true);
        return create.Invoke(owner, BindingFlags.DoNotWrapExceptions, null, [], null) is IEnumerable formatters
            ? [.. formatters.Cast<object>()]
            : throw Missing(source, "formatters in what CreateTypeFormatters() returns");
    }

    static CustomAttributeData? Attribute(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
            if (Declared(level) is { } found) return found;
        return type.GetInterfaces().Select(Declared).FirstOrDefault(s => s is not null);
    }

    static CustomAttributeData? Declared(Type type) =>
        type.CustomAttributes.FirstOrDefault(a => a.AttributeType.Name == "TypeFormatterSourceAttribute");

    /// <summary>The attribute is made only where its property must be asked: what a constructor was given can be read without.</summary>
    static Type? Source(CustomAttributeData attribute)
    {
        var given = attribute.ConstructorArguments.Select(a => a.Value).OfType<Type>().FirstOrDefault()
            ?? attribute.NamedArguments.Select(a => a.TypedValue.Value).OfType<Type>().FirstOrDefault();
        if (given is not null) return given;
        if (attribute.AttributeType.GetProperty("FormatterSourceType", Any) is not { } property) return null;
        var made = attribute.Constructor.Invoke([.. attribute.ConstructorArguments.Select(a => a.Value)]);
        return property.GetValue(made) as Type;
    }

    static string Write(object formatter, object value, MimeBundle bundle)
    {
        var type = formatter.GetType();
        var mimeType = type.GetProperty("MimeType", Any)?.GetValue(formatter) as string
            ?? throw Missing(type, "a string property MimeType");
        var format = type.GetMethods(Any).FirstOrDefault(IsFormat) ?? throw Missing(type, "a method bool Format(object, TextWriter)");
        var writer = new StringWriter(CultureInfo.InvariantCulture);
        var target = format.GetParameters()[1].ParameterType;
        var second = target.IsInstanceOfType(writer) ? writer : target.GetConstructor([typeof(TextWriter)])!.Invoke([writer]);
        if (!format.GetParameters()[0].ParameterType.IsInstanceOfType(value)) return mimeType;
        if (format.Invoke(formatter, BindingFlags.DoNotWrapExceptions, null, [value, second], null) is false) return mimeType;
        bundle[mimeType] = MimeText.Node(mimeType, writer.ToString(), out var problem);
        return problem is null ? mimeType : throw new FormatException($"it must write JSON, because its MimeType is {mimeType}. {problem}");
    }

    /// <summary>
    /// Also one that takes, in place of the writer, what is made of a writer, as the formatters of .NET Interactive itself do.
    /// </summary>
    static bool IsFormat(MethodInfo method) => (method.Name == "Format" || method.Name.EndsWith(".Format", StringComparison.Ordinal))
        && (method.ReturnType == typeof(bool) || method.ReturnType == typeof(void))
        && method.GetParameters() is [_, { ParameterType: var second }]
        && (second.IsAssignableFrom(typeof(StringWriter)) || second.GetConstructor([typeof(TextWriter)]) is not null);

    static FormatException Missing(Type type, string what) => new($"{TypeName.Full(type)} must have {what}; it has none.");
}
