namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// Names the class that brings the formatters of a type: with <c>CreateTypeFormatters()</c>, which returns objects with a <c>MimeType</c>
/// and <c>bool Format(object, TextWriter)</c>.
/// </summary>
/// <param name="formatterSourceType">The class.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>The class.</summary>
    public Type FormatterSourceType => formatterSourceType;
}
