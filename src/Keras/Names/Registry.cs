using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workbook.Keras;

/// <summary>Finds a loss, metric, optimizer, … by name and makes it with the default of every argument.</summary>
/// <remarks>Classes name themselves with <see cref="NamesAttribute"/>; a new one needs no entry elsewhere.</remarks>
static class Registry<T> where T : class
{
    static readonly Dictionary<string, Func<T>> known = Scan();

    public static IEnumerable<string> Names => known.Keys;

    /// <exception cref="ArgumentException">Nobody has this name; the message offers the nearest one.</exception>
    public static T Get(string kind, string name) => known.TryGetValue(name, out var make) ? make()
        : throw new ArgumentException($"{kind}: expected a known name. Received: '{name}'. {Spelling.Suggest(name, known.Keys)}");

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "ILLink.Descriptors.xml keeps every type of this assembly.")]
    static Dictionary<string, Func<T>> Scan()
    {
        var found = new Dictionary<string, Func<T>>();
        foreach (var type in typeof(T).Assembly.GetTypes().Where(t => !t.IsAbstract && typeof(T).IsAssignableFrom(t)))
            foreach (var name in type.GetCustomAttribute<NamesAttribute>()?.Names ?? [])
                found.Add(name, () => Make(type));
        return found;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "ILLink.Descriptors.xml keeps every constructor of this assembly.")]
    static T Make(Type type)
    {
        var constructor = type.GetConstructors().Single();
        return (T)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, [.. constructor.GetParameters().Select(p => p.DefaultValue)],
            null);
    }
}
