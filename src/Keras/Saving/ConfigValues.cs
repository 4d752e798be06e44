using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workbook.Keras;

/// <summary>Numbers, shapes and texts of JSON as the types that constructors take.</summary>
/// <param name="place">The file, for messages.</param>
sealed class ConfigValues(string place)
{
    /// <exception cref="FormatException">It is something else.</exception>
    public object? Read(object json, Type type, string what)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(bool)) return json as bool? ?? throw Wrong("true or false", json, what);
        if (type == typeof(string)) return json as string ?? throw Wrong("a text", json, what);
        if (type == typeof(int)) return Whole(json, what);
        if (type == typeof(long)) return json as long? ?? throw Wrong("a whole number", json, what);
        if (type == typeof(double) || type == typeof(float)) return Convert.ChangeType(Number(json, what), type, null);
        if (type == typeof(Hyperparameter)) return json is List<object?> ? (Hyperparameter)Many(json, what) : Number(json, what);
        if (type == typeof(Operand)) return json is List<object?> ? (Operand)Many(json, what) : (Operand)Number(json, what);
        if (type == typeof(Shape)) return json is long ? new Shape(Whole(json, what)) : new Shape(Wholes(json, what));
        if (type == typeof(Axes)) return json is long ? (Axes)Whole(json, what) : (Axes)Wholes(json, what);
        if (type == typeof(Borders)) return Sides(json, what);
        if (type.IsArray) return Several(json, type.GetElementType()!, what);
        return FromWhole(json, type, what);
    }

    /// <summary>A number that was a variable when the model was saved: it is one again.</summary>
    public object? Variable(object? json, Type type, string what, string name)
    {
        Tensor value = json is List<object?> ? Many(json, what) : tf.constant(Number(json, what), keras.config.floatx());
        var variable = new Variable(value, name: name);
        return type == typeof(Hyperparameter) ? (Hyperparameter)variable : type == typeof(Operand) ? variable
            : throw Wrong("a number that may be learned", name, what);
    }

    public double Number(object? json, string what) => json switch
    {
        long l => l,
        double d => d,
        _ => throw Wrong("a number", json, what),
    };

    /// <summary>A length, a count, an axis.</summary>
    public int Whole(object? json, string what) => (json is List<object?> and [long single] ? single
        : json) is long l and >= -WeightBudget.LargestNumber and <= WeightBudget.LargestNumber ? (int)l
        : throw Wrong($"a whole number of at most {WeightBudget.LargestNumber:N0}", json, what);

    /// <summary>Several; null stands for a length that is not known.</summary>
    public int[] Wholes(object? json, string what) => json is List<object?> list ? [.. list.Select(i => i is null ? -1 : Whole(i, what))]
        : throw Wrong("a list of whole numbers", json, what);

    /// <summary>An array of numbers in lists, as deep as it has axes.</summary>
    public Tensor Many(object? json, string what)
    {
        var (shape, numbers) = (new List<int>(), new List<double>());
        void Add(object? item, int depth)
        {
            if (item is not List<object?> list)
            {
                if (depth != shape.Count) throw Wrong("lists of equal lengths", json, what);
                numbers.Add(Number(item, what));
                return;
            }
            if (shape.Count == depth && numbers.Count == 0) shape.Add(list.Count);
            if (depth >= shape.Count || shape[depth] != list.Count) throw Wrong("lists of equal lengths", json, what);
            foreach (var inner in list) Add(inner, depth + 1);
        }
        Add(json, 0);
        return tf.cast(Tensor.FromSpan<double>(numbers.ToArray(), new Shape([.. shape])), keras.config.floatx());
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Arrays of these types are made elsewhere too.")]
    Array Several(object json, Type element, string what)
    {
        var list = json as List<object?> ?? [json];
        var array = Array.CreateInstance(element, list.Count);
        for (var i = 0; i < list.Count; i++) array.SetValue(Read(list[i] ?? throw Wrong("numbers", json, what), element, what), i);
        return array;
    }

    /// <summary>One number for all sides, one for each axis, or two for each axis.</summary>
    Borders Sides(object json, string what) => json switch
    {
        List<object?> and [List<object?> height, List<object?> width] when Wholes(height, what) is [var top, var bottom]
            && Wholes(width, what) is [var left, var right] => new(top, bottom, left, right),
        List<object?> list when Wholes(list, what) is [var height, var width] => (height, width),
        long => Whole(json, what),
        _ => throw Wrong("one number, two, or two pairs", json, what),
    };

    /// <summary>A type that converts from whole numbers: a size of a window, which is one number or several.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "ILLink.Descriptors.xml keeps what is in this assembly.")]
    object FromWhole(object json, Type type, string what)
    {
        var (given, wanted) = json is long ? ((object)Whole(json, what), typeof(int))
            : json is string ? (json, typeof(string)) : (Wholes(json, what), typeof(int[]));
        var operators = type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name is "op_Implicit" or "op_Explicit"
            && m.ReturnType == type).ToArray();
        MethodInfo? From(Type from) => Array.Find(operators, m => m.GetParameters()[0].ParameterType == from);
        if (From(wanted) is null && given is int one && From(typeof(int[])) is not null) (given, wanted) = (new[] { one }, typeof(int[]));
        return From(wanted)?.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [given], null) ?? throw Wrong($"a {type.Name}", json,
            what);
    }

    FormatException Wrong(string expected, object? json, string what) =>
        new($"Expected {expected} for {what} in {place}. Received: {ConfigReader.Shown(json)}. {WeightsFile.Again}");
}
