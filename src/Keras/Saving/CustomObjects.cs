using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Workbook.Keras;

/// <summary>Classes and functions of somebody's own that files name: <c>Workbook&gt;LearnedPower</c>.</summary>
static class CustomObjects
{
    const DynamicallyAccessedMemberTypes Kept = DynamicallyAccessedMemberTypes.PublicConstructors
        | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.NonPublicProperties;

    static readonly ConcurrentDictionary<string, object> known = new()
    {
        [NameOf(typeof(LearnedOperation))] = typeof(LearnedOperation),
    };

    /// <summary>Whether a class of this library has no counterpart in Keras, and stands in files under a name of ours.</summary>
    public static bool IsOwn(Type type) => type == typeof(LearnedOperation);

    public static void Register([DynamicallyAccessedMembers(Kept)] Type type, string package, string? name) =>
        known[$"{package}>{name ?? type.Name}"] = type;

    public static void Register(ActivationFunction function, string package, string name) => known[$"{package}>{name}"] = function;

    /// <summary>The class or the function of a name.</summary>
    public static object? Find(string name, IReadOnlyDictionary<string, object>? given) =>
        given?.GetValueOrDefault(name) ?? given?.GetValueOrDefault(name[(name.IndexOf('>') + 1)..]) ?? known.GetValueOrDefault(name);

    /// <summary>The name under which a class or a function was registered; null: it was not.</summary>
    public static string? Registered(object custom) => known.FirstOrDefault(k => Equals(k.Value, custom)).Key;

    static string NameOf(Type type) => $"Workbook>{type.Name}";
}

public static partial class keras
{
    /// <summary>Classes and functions of one's own in files. Keras: keras.saving.</summary>
    public static class saving
    {
        /// <summary>Makes a class known to <see cref="models.load_model"/> and to save, as Keras' decorator of this name does in
        /// Python.</summary>
        /// <remarks>
        /// What the constructor takes is written and read by the names of its parameters, each of which the class keeps in a field or
        /// property of the same name. In Python there must be a class registered under the same name.
        /// </remarks>
        /// <typeparam name="T">A layer, loss, regularizer, … of your own.</typeparam>
        /// <param name="package">The first part of the name in files, <c>package&gt;name</c>.</param>
        /// <param name="name">The second part; default: the name of the class.</param>
        public static void register_keras_serializable<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors
            | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.NonPublicProperties)] T>(
            string package = "Custom", string? name = null) where T : class => CustomObjects.Register(typeof(T), package, name);

        /// <summary>Makes a function known under a name, so that an activation that uses it can be loaded and saved.</summary>
        /// <param name="function">Keep it in a variable, and give the same one to the layer: a function is known again by itself.</param>
        /// <param name="name">The second part of the name in files.</param>
        /// <param name="package">The first part.</param>
        public static void register_keras_serializable(ActivationFunction function, string name, string package = "Custom") =>
            CustomObjects.Register(function, package, name);
    }
}
