namespace Workbook.Helpers;

/// <summary>Names the type that knows how a value looks in a notebook.</summary>
/// <remarks>
/// Notebook hosts find this attribute by its name and its properties, so a library gives its types a look without a reference to any
/// host. Convention: .NET Interactive's TypeFormatterSourceAttribute.
/// </remarks>
/// <param name="formatterSourceType">A type with a parameterless constructor and a method CreateTypeFormatters.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = true)]
sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The type whose CreateTypeFormatters() returns the formatters.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The mime types to show, best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
