namespace Workbook.Keras;

/// <summary>Makes models from what Keras writes of them.</summary>
sealed class ModelReader(ConfigReader reader)
{
    static readonly string[] functional = ["Functional", "Model"];

    /// <summary>A whole model.</summary>
    /// <exception cref="FormatException">It is none, or has a part that is not here.</exception>
    public Model Model(object? json)
    {
        var model = reader.Object(json, "the model");
        return IsModel(model) is { } name ? Model(model, name) : Layer(model) as Model
            ?? throw reader.Wrong("a Sequential or a functional model", $"the class {ConfigReader.Shown(model["class_name"])}");
    }

    /// <summary>A layer, which may be a model.</summary>
    public Layer Layer(JsonObject json) => IsModel(json) is { } name ? Model(json, name)
        : json["class_name"] is "InputLayer" ? throw reader.Wrong("an input at the beginning of a model alone", "one among its layers")
        : (Layer)reader.Read(json, KerasKind.Layers);

    /// <summary>Whether a class is one of Keras' own two kinds of models.</summary>
    static string? IsModel(JsonObject json) => json["class_name"] is string name && (name == "Sequential" || functional.Contains(name))
        && (json["module"] is null || json["module"] is string m && (m == "keras" || m.StartsWith("keras.", StringComparison.Ordinal)))
        && (json["registered_name"] is null || json["registered_name"] is string r && r == name) ? name : null;

    Model Model(JsonObject json, string name)
    {
        var config = json["config"];
        // tf.keras before 2.3 wrote the layers of a Sequential alone.
        var known = config is List<object?> list ? new JsonObject { ["layers"] = list } : reader.Object(config, $"the config of a {name}");
        foreach (var (key, value) in known)
            if (!(key is "name" or "trainable" or "dtype" or "layers" or "input_layers" or "output_layers" or "build_input_shape"))
                throw reader.Wrong($"only arguments of a {name} that are here", $"'{key}': {ConfigReader.Shown(value)}");
        var model = name == "Sequential" ? Sequential(json, known) : new FunctionalReader(reader, this).Read(known);
        if (known["trainable"] is false) model.trainable = false;
        return model;
    }

    Sequential Sequential(JsonObject json, JsonObject config)
    {
        var layers = reader.List(config["layers"], "the layers").Select(l => reader.Object(l, "a layer")).ToList();
        KerasTensor? input = null;
        if (layers is [{ } first, ..] && first["class_name"] is "InputLayer")
        {
            input = Input(reader.Object(first["config"], "the config of an input"), null);
            layers.RemoveAt(0);
        }
        var inside = layers.FirstOrDefault()?["config"] as JsonObject;
        var shape = inside?["batch_input_shape"] ?? inside?["batch_shape"] ?? config["build_input_shape"]
            ?? (json["build_config"] as JsonObject)?["input_shape"] ?? (layers.FirstOrDefault()?["build_config"] as JsonObject)?["input_shape"];
        var embeds = layers.FirstOrDefault()?["class_name"] is "Embedding";
        input ??= Input(new()
        {
            ["batch_shape"] = shape ?? throw reader.Wrong("a model that knows the shape of its input", "one that states none",
                "Build it in Keras before it is saved."),
            ["dtype"] = embeds ? "int32" : inside?["dtype"] is string type ? type : null,
        }, null);
        var made = layers.Select(Layer).ToList();
        if (made.GroupBy(l => l.name).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw reader.Wrong("layers of different names", $"'{twice.Key}' twice");
        try
        {
            return new([(Layer)input, .. made], config["name"] as string);
        }
        catch (Exception e) when (FunctionalReader.SaysThatItDoesNotFit(e))
        {
            throw new FormatException($"Expected layers that fit one after another in {reader.Place}. Received: {e.Message}", e);
        }
    }

    /// <summary>The place where data enters.</summary>
    public KerasTensor Input(JsonObject config, string? name)
    {
        name = config["name"] as string ?? name;
        var what = $"the input '{name}'";
        foreach (var (key, value) in config)
            if (!(key is "name" or "dtype" or "batch_shape" or "batch_input_shape" or "shape")
                && !(key is "sparse" or "ragged" or "optional" && value is false) && value is not null)
                throw reader.Wrong($"only arguments of an input that are here for {what}", $"'{key}': {ConfigReader.Shown(value)}");
        var values = new ConfigValues(reader.Place);
        var batch = values.Wholes(config["batch_shape"] ?? config["batch_input_shape"]
            ?? (config["shape"] is List<object?> one ? (List<object?>)[null, .. one] : null), $"the shape of {what}");
        if (batch.Length == 0) throw reader.Wrong($"a batch axis in the shape of {what}", "a scalar");
        if (batch[1..].Any(d => d is < 1 and not -1)) throw reader.Wrong($"lengths of at least 1 in the shape of {what}",
            ConfigReader.Shown(config["batch_shape"]));
        if (batch[1..].Aggregate(1L, (p, d) => Math.Min(p * Math.Abs(d), long.MaxValue >> 25)) > WeightBudget.LargestSample)
            throw reader.Wrong($"samples of at most {WeightBudget.LargestSample:N0} numbers for {what}", ConfigReader.Shown(config["batch_shape"]));
        var dtype = config["dtype"] as string ?? ((config["dtype"] as JsonObject)?["config"] as JsonObject)?["name"] as string;
        return keras.Input(new Shape(batch[1..]), name, dtype switch
        {
            null or "float32" => DType.Float32,
            "float64" => DType.Float64,
            "int32" or "int16" or "int8" or "uint8" or "uint16" => DType.Int32,
            "int64" or "uint32" => DType.Int64,
            "bool" => DType.Bool,
            _ => throw reader.Wrong($"float32, float64, int32, int64 or bool for {what}", $"'{dtype}'"),
        });
    }
}
