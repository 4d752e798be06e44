namespace Workbook.Keras;

/// <summary>The names under which a class is found when a string is given instead of an object: <c>loss: "mse"</c>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
sealed class NamesAttribute(params string[] names) : Attribute
{
    public string[] Names { get; } = names;
}
