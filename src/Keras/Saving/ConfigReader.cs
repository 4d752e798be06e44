using System.Reflection;

namespace Workbook.Keras;

/// <summary>Makes layers, losses, optimizers, … from what Keras writes of them: module, class, arguments.</summary>
/// <param name="place">The file, for messages.</param>
/// <param name="given">Classes and functions of somebody's own by their names in the file.</param>
sealed class ConfigReader(string place, IReadOnlyDictionary<string, object>? given)
{
    /// <summary>The keys of every configuration that are dealt with here.</summary>
    static readonly string[] common = ["name", "trainable", "dtype", "autocast", "experimental_autocast", "batch_input_shape"];

    readonly ConfigValues values = new(place);

    public string Place => place;

    /// <summary>An error that says where in the file it is.</summary>
    public FormatException Wrong(string expected, string received, string todo = WeightsFile.Again) =>
        new($"Expected {expected} in {place}. Received: {received}. {todo}");

    /// <summary>The object of JSON that must stand here.</summary>
    public JsonObject Object(object? json, string what) => json as JsonObject ?? throw Wrong($"an object for {what}", Shown(json));

    public List<object?> List(object? json, string what) => json as List<object?> ?? throw Wrong($"a list for {what}", Shown(json));

    public string Text(object? json, string what) => json as string ?? throw Wrong($"a text for {what}", Shown(json));

    /// <summary>A value of JSON in a message: its beginning.</summary>
    public static string Shown(object? json) => Json.Text(json) is var text && text.Length <= 80 ? text : text[..80] + "…";

    /// <summary>Makes an object of a kind.</summary>
    public object Read(JsonObject json, KerasKind kind)
    {
        if (kind == KerasKind.Layers && Name(json) == "Lambda" && NamedFunction(json) is { } named) return named;
        var type = ClassOf(json, kind);
        return Make((Type)type, Object(json["config"] ?? new JsonObject(), $"the config of '{Name(json)}'"), Name(json),
            json[ConfigWriter.Learned] as JsonObject);
    }

    /// <summary>A Lambda layer around a function that is known by its name; null: its code is in the file, and is not looked at.</summary>
    Lambda? NamedFunction(JsonObject json)
    {
        if (json["config"] is not JsonObject config || config["function"] is not JsonObject function || function["class_name"] is not "function"
            || function["config"] is not string custom) return null;
        foreach (var (key, value) in config)
            if (!common.Contains(key) && !(key is "function" or "output_shape") && value is not (null or JsonObject))
                throw Wrong("only arguments of Lambda that are here", $"'{key}': {Shown(value)}");
        var known = Activation(function, $"the function of '{config["name"]}'");
        return new(known.Apply, config["name"] as string);
    }

    /// <summary>The class that is meant, or the function.</summary>
    public object ClassOf(JsonObject json, KerasKind kind)
    {
        var name = Name(json);
        var (module, registered) = (json["module"] as string, json["registered_name"] as string);
        // Without a registered name the class may have it: Workbook>LearnedPower.
        if (registered is null && json["class_name"] is string whole && whole != name && CustomObjects.Find(whole,
            given) is { } packaged) return packaged;
        var isKeras = module is not null && (module == "keras" || module.StartsWith("keras.", StringComparison.Ordinal));
        if (registered is null && !isKeras && module is not null && CustomObjects.Find(name, given) is { } loose) return loose;
        if (!isKeras && registered is not null && registered != name)
            return CustomObjects.Find(registered, given) ?? throw Unregistered(registered, kind);
        if (isKeras && registered is not null && registered != name)
            throw Wrong($"no registered_name, or '{name}', for Keras' own {kind.What} '{name}'", $"'{registered}'");
        if (!isKeras && module is not null) throw Unregistered(name, kind);
        if (kind.Find(name) is { } type) return type;
        if (name == "Lambda")
            throw Wrong("a model without a Lambda layer", "'Lambda', whose function is Python code, which is never executed",
                "Put ops or a layer of your own in its place.");
        throw Wrong($"a {kind.What} that is here",
            $"'{name}'{(json["config"] is JsonObject c && c["name"] is string own ? $" (named '{own}')" : "")}",
            $"{(Spelling.Suggest(name, kind.Names) is ['D', ..] near ? near + " " : "")}Here are: {string.Join(", ", kind.Names)}. "
            + "One of your own: keras.saving.register_keras_serializable.");
    }

    /// <summary>Makes an object of a class from its arguments.</summary>
    /// <param name="type">The class.</param>
    /// <param name="config">Its arguments.</param>
    /// <param name="name">Its name in the file.</param>
    /// <param name="learned">The names of the numbers that are learned.</param>
    public object Make(Type type, JsonObject config, string name, JsonObject? learned)
    {
        var arguments = Arguments.Of(type);
        var found = new Dictionary<string, object?>();
        foreach (var (key, json) in config)
        {
            var (argument, wanted) = Converted(type, key);
            if (wanted is not null)
            {
                var what = $"'{key}' of {Called(type, config)}";
                found[argument] = learned?[key] is string variable ? values.Variable(json, wanted, what, variable)
                    : Value(json, wanted, what);
            }
            else if (!common.Contains(key) && !Accepted(type, key, json))
                throw Wrong($"only arguments of {name} that are here", $"'{key}': {Shown(json)} of {Called(type, config)}",
                    $"It has: {string.Join(", ", arguments.Parameters.Select(p => p.Name))}.");
        }
        try
        {
            using var as_stated = Floats(config["dtype"], type);
            var made = arguments.Make(found);
            if (made is Metric metric && config["name"] is string own) metric.name = own;
            if (made is Layer layer && config["trainable"] is false) layer.trainable = false;
            return made;
        }
        catch (Exception e) when (e is ArgumentException or ModelException or ShapeException or OverflowException or InvalidCastException)
        {
            throw new FormatException($"Expected {Called(type, config)} in {place} to be one that can be made. Received: {e.Message}", e);
        }
    }

    /// <summary>A value of JSON as an argument of a type.</summary>
    public object? Value(object? json, Type type, string what)
    {
        if (json is null) return type.IsValueType && Nullable.GetUnderlyingType(type) is null ? throw Wrong($"a value for {what}", "null")
            : null;
        if (type == typeof(ActivationFunction)) return Activation(json, what);
        if (type == typeof(LearningRate))
            return json is JsonObject schedule ? (LearningRate)(LearningRateSchedule)Read(schedule,
                KerasKind.Of(typeof(LearningRateSchedule))!)
                : (LearningRate)values.Number(json, what);
        if (KerasKind.Of(type) is { } kind)
            return json switch
            {
                JsonObject o when kind == KerasKind.Layers => new ModelReader(this).Layer(o),
                JsonObject o => Read(o, kind),
                string name when kind != KerasKind.Layers => Named(name, kind, what),
                _ => throw Wrong($"a {kind.What} for {what}", Shown(json)),
            };
        return values.Read(json, type, what);
    }

    /// <summary>A loss, metric, … by its name.</summary>
    public object Named(string name, KerasKind kind, string what)
    {
        try
        {
            return kind.Base.Name switch
            {
                nameof(Initializer) => (Initializer)name,
                nameof(Regularizer) => (Regularizer)name,
                nameof(Constraint) => (Constraint)name,
                nameof(Loss) => (Loss)name,
                nameof(Metric) => (Metric)name,
                nameof(Optimizer) => (Optimizer)name,
                _ => throw new ArgumentException($"Expected an object. Received: '{name}'."),
            };
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"Expected a {kind.What} that is here for {what} in {place}. Received: '{name}'. {e.Message}", e);
        }
    }

    ActivationFunction Activation(object json, string what)
    {
        if (json is JsonObject { } function)
        {
            if (function["class_name"] is not "function" || function["config"] is not string custom)
                throw Wrong($"the name of a function for {what}", Shown(json), "Code in files is never executed.");
            return CustomObjects.Find(custom, given) switch
            {
                ActivationFunction own => own,
                Func<Tensor, Tensor> own => own,
                _ when !custom.Contains('>') => Named(custom, what),
                _ => throw Wrong($"a function that is known for {what}", $"'{custom}'",
                    "Register yours of that name: keras.saving.register_keras_serializable, or custom_objects of load_model."),
            };
        }
        return Named(Text(json, what), what);
    }

    ActivationFunction Named(string name, string what)
    {
        try
        {
            return name;
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"Expected an activation that is here for {what} in {place}. Received: '{name}'. {e.Message}", e);
        }
    }

    FormatException Unregistered(string name, KerasKind kind) => Wrong($"a {kind.What} that is here or registered", $"'{name}'",
        $"Register a C# class of that name: keras.saving.register_keras_serializable<…>(package: …), or custom_objects of load_model. "
        + $"Here are: {string.Join(", ", kind.Names)}.");

    /// <summary>The argument that a key means: tf.keras 2 has other names for some.</summary>
    static (string Argument, Type? Type) Converted(Type type, string key)
    {
        var argument = (type.Name, key) switch
        {
            (nameof(LeakyReLU), "alpha") => "negative_slope",
            _ => key,
        };
        return (argument, Arguments.Of(type).TypeOf(argument));
    }

    static bool Accepted(Type type, string key, object? json) =>
        type.GetCustomAttributes<OnlyAsAttribute>(inherit: true).Any(o => o.Key == key && o.Json.Contains(Json.Text(json)));

    static string Called(Type type, JsonObject config) => config["name"] is string name ? $"'{name}' ({type.Name})" : type.Name;

    string Name(JsonObject json) => Text(json["class_name"], "the class of a part of the model").Split('>')[^1];

    /// <summary>Sets the type of the weights of a layer while it is made.</summary>
    IDisposable? Floats(object? dtype, Type type) => typeof(Layer).IsAssignableFrom(type) && dtype is not null
        ? new FloatScope(FloatType(dtype)) : null;

    /// <summary>float32 or float64, however it is written.</summary>
    public DType FloatType(object? dtype)
    {
        var name = dtype is JsonObject policy ? (policy["config"] as JsonObject)?["name"] as string : dtype as string;
        return name switch
        {
            null or "float32" => DType.Float32,
            "float64" => DType.Float64,
            _ => throw Wrong("float32 or float64", $"the type {Shown(name)}", "Convert the model in Keras first."),
        };
    }
}
