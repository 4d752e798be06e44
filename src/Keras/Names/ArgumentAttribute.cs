namespace Workbook.Keras;

/// <summary>The parameter of the constructor whose value this field keeps, where the field has another name. So the value is found when an
/// object is written to a file.</summary>
/// <param name="name">The name of the parameter.</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class ArgumentAttribute(string name) : Attribute
{
    /// <summary>The name of the parameter.</summary>
    public string Name { get; } = name;
}
