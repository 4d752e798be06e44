using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workbook.Keras;

/// <summary>Writes layers, losses, optimizers, … as Keras does: module, class, arguments.</summary>
static class ConfigWriter
{
    /// <summary>The key, beside Keras' own and not looked at there, that says which numbers are learned here.</summary>
    public const string Learned = "workbook_learned";

    /// <summary>An object of a kind.</summary>
    /// <exception cref="ModelException">It is made of a C# function, or of a class that is not registered.</exception>
    public static JsonObject Write(object made)
    {
        var type = made.GetType();
        var kind = KerasKind.Of(type) ?? throw new ModelException($"Expected a layer, loss, … to save. Received: {type.Name}.");
        var registered = CustomObjects.Registered(type);
        if (registered is null && kind.Find(type.Name) != type) throw Unknown(made, kind);
        var written = new JsonObject
        {
            ["module"] = registered is null ? kind.Module : null,
            ["class_name"] = registered is null ? type.Name : registered[(registered.IndexOf('>') + 1)..],
            ["config"] = Config(made, registered is null),
            ["registered_name"] = registered,
        };
        if (LearnedOf(made) is { } learned) written[Learned] = learned;
        return written;
    }

    /// <summary>The arguments with which an object was made, as they are now.</summary>
    static JsonObject Config(object made, bool isKeras)
    {
        var config = new JsonObject();
        if (made is Layer layer) Begin(config, layer);
        var name = made switch { Loss loss => loss.name, Metric metric => metric.name, _ => null };
        if (name is not null) config["name"] = name;
        if (made is Optimizer) config["name"] = Spelling.Snake(made.GetType().Name);
        var arguments = Arguments.Of(made.GetType());
        foreach (var (key, value) in arguments.Of(made))
        {
            if (key is "name") continue;
            // Keras' layers take no such key unless they are given it.
            if (value is null && key == nameof(Layer.activity_regularizer)) continue;
            // In these a length that is not stated is None; a Reshape has −1.
            if (key is "noise_shape" or "output_shape" && value is Shape lengths)
            {
                config[key] = lengths.Select(d => d < 0 ? null : (object?)d).ToList();
                continue;
            }
            if (value is null && isKeras && arguments.TypeOf(key) is var type && (type == typeof(Hyperparameter) || type == typeof(Operand))
                && made is not Optimizer && !TakesNull(made, key)) continue;
            config[key] = arguments.TypeOf(key) == typeof(Axes) && value is int[] and [var one] ? one
                : Value(value, $"'{key}' of {Called(made)}");
        }
        return config;
    }

    /// <summary>Whether leaving a number out and null are the same to Keras.</summary>
    static bool TakesNull(object made, string key) => made is ReLU && key == "max_value";

    /// <summary>Which numbers are variables that are learned; null: none.</summary>
    static JsonObject? LearnedOf(object made)
    {
        var learned = new JsonObject();
        foreach (var (key, value) in Arguments.Of(made.GetType()).Of(made))
            if (value is Hyperparameter { Bare: { trainable: true } variable }) learned[key] = variable.name;
            else if (value is Variable { trainable: true } bare) learned[key] = bare.name;
        return learned.Names.Any() ? learned : null;
    }

    /// <summary>Name, whether it trains, and the type.</summary>
    public static void Begin(JsonObject config, Layer layer)
    {
        config["name"] = layer.name;
        // Keras' layers of this kind take no such argument; they have no weights.
        if (layer is not (SpatialDropout1D or SpatialDropout2D)) config["trainable"] = layer.trainable;
        config["dtype"] = Policy(layer.dtype);
    }

    static JsonObject Policy(DType dtype) => new()
    {
        ["module"] = "keras",
        ["class_name"] = "DTypePolicy",
        ["config"] = new JsonObject { ["name"] = dtype.Name() },
        ["registered_name"] = null,
    };

    /// <summary>An argument.</summary>
    public static object? Value(object? value, string what) => value switch
    {
        null or bool or string or double => value,
        int or long => value,
        float f => (double)f,
        Axes axes => (int[])axes! is [var one] ? one : Whole((int[])axes!),
        Borders b => new List<object?> { Whole([b.Top, b.Bottom]), Whole([b.Left, b.Right]) },
        Shape shape => shape.Select(d => (object?)d).ToList(),
        Hyperparameter { Number: { } number } => number,
        Hyperparameter number => Number(number.value()),
        Operand operand => Number(operand.value()),
        ActivationFunction activation => Activation(activation, what),
        LearningRate { Schedule: { } schedule } => Write(schedule),
        LearningRate rate => (double)rate.Number!,
        Layer layer => new ModelWriter().Layer(layer),
        Array array => array.Cast<object?>().Select(v => Value(v, what)).ToList(),
        _ when KerasKind.Of(value.GetType()) is not null => Write(value),
        _ => FromSize(value, what),
    };

    static List<object?> Whole(int[] numbers) => [.. numbers.Select(n => (object?)n)];

    /// <summary>A number, or numbers in lists, as deep as there are axes.</summary>
    public static object? Number(Tensor value) => value.ndim == 0 || value.size == 1 ? (double)tf.reshape(tf.stop_gradient(value),
        Shape.Scalar)
        : Enumerable.Range(0, value.shape[0]).Select(i => Number(tf.stop_gradient(value)[i])).ToList();

    static object Activation(ActivationFunction activation, string what)
    {
        if (CustomObjects.Registered(activation) is { } registered)
            return new JsonObject
            {
                ["module"] = "builtins",
                ["class_name"] = "function",
                ["config"] = registered,
                ["registered_name"] = "function",
            };
        return activation.Name != "lambda" ? activation.Name
            : throw new ModelException($"Expected an activation with a name for {what}, since a file holds no C# code. Received: a function. "
                + "Register it (keras.saving.register_keras_serializable), or make a layer of it. save_weights needs neither.");
    }

    /// <summary>A type that converts to whole numbers: a size of a window.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "ILLink.Descriptors.xml keeps what is in this assembly.")]
    static List<object?> FromSize(object value, string what)
    {
        var operators = value.GetType().GetMethods(BindingFlags.Public | BindingFlags.Static)
            .FirstOrDefault(m => m.Name is "op_Implicit" or "op_Explicit" && m.ReturnType == typeof(int[]));
        return operators is not null ? Whole((int[])operators.Invoke(null, [value])!)
            : throw new ModelException($"Expected a value that a file can hold for {what}. Received: {value.GetType().Name}.");
    }

    static string Called(object made) => made is Layer layer ? $"layer '{layer.name}' ({made.GetType().Name})" : made.GetType().Name;

    static ModelException Unknown(object made, KerasKind kind) => new($"Expected a {kind.What} that Keras has, or one that is registered. "
        + $"Received: {Called(made)}, "
        + (made.GetType().Name.StartsWith("Lambda", StringComparison.Ordinal) ? "a C# function, which a file cannot hold. Make a class of it, and register that."
            : "which is neither. Register it: keras.saving.register_keras_serializable<…>(package: …), in Python too.")
        + " save_weights needs neither.");
}
