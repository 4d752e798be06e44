namespace Workbook.Keras;

/// <summary>A key that Keras writes into its files and that this class has no parameter for: read where it has one of these values, and
/// refused otherwise, since it would change what is computed.</summary>
/// <param name="key">The key, as Keras spells it.</param>
/// <param name="json">The values, as they stand in JSON.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
sealed class OnlyAsAttribute(string key, params string[] json) : Attribute
{
    public string Key { get; } = key;

    public string[] Json { get; } = json;
}
