namespace Workbook.Keras;

/// <summary>The names under which <c>keras</c> makes a class, where they are not its own: <c>regularizers.l2</c>. The factories are made
/// by tests/Facade.</summary>
[AttributeUsage(AttributeTargets.Class)]
sealed class FactoryAttribute(params string[] names) : Attribute
{
    public string[] Names { get; } = names;
}
