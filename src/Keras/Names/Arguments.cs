using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workbook.Keras;

/// <summary>What the constructor of a class takes, and where an object keeps it: so layers, losses and the like are written to files and
/// made from them without a line of their own.</summary>
/// <remarks>
/// A value is found in a captured parameter of a primary constructor, in a field or property of the same name, or in a field marked with
/// <see cref="ArgumentAttribute"/>. Properties that are set when an object is made count as arguments too.
/// </remarks>
sealed class Arguments
{
    const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    static readonly ConcurrentDictionary<Type, Arguments> known = new();

    readonly Type type;
    readonly ConstructorInfo constructor;

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "ILLink.Descriptors.xml keeps what is in this assembly, "
        + "register_keras_serializable what is registered.")]
    Arguments(Type type)
    {
        this.type = type;
        constructor = type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).ThenByDescending(c => c.MetadataToken)
            .FirstOrDefault() ?? throw new ModelException(
                $"Expected a public constructor in {type.Name}, so that it can be made from a file. Received: none.");
        Parameters = constructor.GetParameters();
        Properties = [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(p => p.SetMethod is { IsPublic: true } set
                && set.ReturnParameter.GetRequiredCustomModifiers().Any(m => m.Name == "IsExternalInit"))];
    }

    /// <summary>The parameters of the constructor with the most of them.</summary>
    public ParameterInfo[] Parameters { get; }

    /// <summary>The properties that may be set when an object is made.</summary>
    public PropertyInfo[] Properties { get; }

    public static Arguments Of(Type type) => known.GetOrAdd(type, t => new(t));

    /// <summary>The type of an argument; null where there is none of this name.</summary>
    public Type? TypeOf(string name) => Parameters.FirstOrDefault(p => p.Name == name)?.ParameterType
        ?? Properties.FirstOrDefault(p => p.Name == name)?.PropertyType;

    /// <summary>Makes an object.</summary>
    /// <param name="given">Arguments by name; those that are missing have their defaults.</param>
    /// <exception cref="ArgumentException">One is missing that has no default.</exception>
    public object Make(IReadOnlyDictionary<string, object?> given)
    {
        var values = Array.ConvertAll(Parameters, p => given.TryGetValue(p.Name!, out var value) ? value
            : p.HasDefaultValue ? p.DefaultValue : throw new ArgumentException($"{type.Name}: expected '{p.Name}'. Received: none."));
        var made = constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, values, null);
        foreach (var property in Properties)
            if (given.TryGetValue(property.Name, out var value) && !Parameters.Any(p => p.Name == property.Name))
                property.SetMethod!.Invoke(made, BindingFlags.DoNotWrapExceptions, null, [value], null);
        return made;
    }

    /// <summary>What an object was made with.</summary>
    public IEnumerable<(string Name, object? Value)> Of(object made)
    {
        foreach (var parameter in Parameters) yield return (parameter.Name!, Keeper(parameter.Name!) is { } at ? at(made)
            : throw new ModelException($"Expected {type.Name} to keep its argument '{parameter.Name}', so that it can be saved. "
                + "Received: no field or property of that name. Keep it in one."));
        foreach (var property in Properties)
            if (!Parameters.Any(p => p.Name == property.Name)) yield return (property.Name, property.GetValue(made));
    }

    /// <summary>Whether a class keeps an argument; what cannot be found cannot be saved.</summary>
    public bool Keeps(string name) => Keeper(name) is not null;

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above; and Module keeps the fields of what derives from it.")]
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "As above.")]
    [UnconditionalSuppressMessage("Trimming", "IL2080", Justification = "As above.")]
    Func<object, object?>? Keeper(string name)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if ((t.GetField($"<{name}>P", Declared) ?? t.GetField(name, Declared)
                ?? t.GetFields(Declared).FirstOrDefault(f => f.GetCustomAttribute<ArgumentAttribute>()?.Name == name)) is { } field)
                return field.GetValue;
            if ((t.GetProperty(name, Declared)
                ?? t.GetProperties(Declared).FirstOrDefault(p => p.GetCustomAttribute<ArgumentAttribute>()?.Name == name)) is { } property)
                return property.GetValue;
        }
        return null;
    }
}
