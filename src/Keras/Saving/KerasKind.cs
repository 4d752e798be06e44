using System.Diagnostics.CodeAnalysis;

namespace Workbook.Keras;

/// <summary>What Keras has a module for: layers, losses, … and their classes here by name.</summary>
sealed class KerasKind
{
    readonly Dictionary<string, Type> classes;

    KerasKind(Type @base, string module, string what)
    {
        (Base, Module, What) = (@base, module, what);
        classes = Scan(@base);
    }

    public static KerasKind Layers { get; } = new(typeof(Layer), "keras.layers", "layer");

    public static KerasKind[] All { get; } =
    [
        Layers, new(typeof(Initializer), "keras.initializers", "initializer"), new(typeof(Regularizer), "keras.regularizers",
            "regularizer"),
        new(typeof(Constraint), "keras.constraints", "constraint"), new(typeof(Loss), "keras.losses", "loss"),
        new(typeof(Metric), "keras.metrics", "metric"), new(typeof(Optimizer), "keras.optimizers", "optimizer"),
        new(typeof(LearningRateSchedule), "keras.optimizers.schedules", "schedule"),
    ];

    public Type Base { get; }

    /// <summary>Keras' module.</summary>
    public string Module { get; }

    /// <summary>What messages call one.</summary>
    public string What { get; }

    /// <summary>The names of the classes.</summary>
    public IEnumerable<string> Names => classes.Keys;

    /// <summary>The classes.</summary>
    public IEnumerable<Type> Classes => classes.Values;

    /// <summary>The class of a name; null where there is none here.</summary>
    public Type? Find(string name) => classes.GetValueOrDefault(name);

    /// <summary>The kind of an object or of a parameter.</summary>
    public static KerasKind? Of(Type type) => All.FirstOrDefault(k => k.Base.IsAssignableFrom(type));

    /// <summary>Classes that no file makes: those made of C# functions, and those that files describe in their own way.</summary>
    static bool IsApart(Type type) => type.Name.StartsWith("Lambda", StringComparison.Ordinal) || type == typeof(InputLayer)
        || typeof(Model).IsAssignableFrom(type) || type == typeof(MeanOfFunction);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "ILLink.Descriptors.xml keeps every type of this assembly.")]
    static Dictionary<string, Type> Scan(Type @base) => typeof(KerasKind).Assembly.GetTypes()
        .Where(t => t.IsPublic && !t.IsAbstract && @base.IsAssignableFrom(t) && !IsApart(t) && !CustomObjects.IsOwn(t))
        .OrderBy(t => t.Name, StringComparer.Ordinal).ToDictionary(t => t.Name);
}
