namespace Workbook.Keras;

/// <summary>The parameter of the constructor whose value this field keeps, where the field has another name. So the value is found when an
/// object is written to a file.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
sealed class ArgumentAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
