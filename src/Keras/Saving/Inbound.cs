namespace Workbook.Keras;

/// <summary>One call of a layer in a file: what goes in. Keras 3 has arguments, tf.keras 2 lists.</summary>
sealed class Inbound
{
    readonly string place;
    readonly ConfigReader reader;

    public Inbound(ConfigReader reader, object? json, string place)
    {
        (this.place, this.reader) = (place, reader);
        if (json is JsonObject node)
        {
            foreach (var item in reader.List(node["args"], $"the arguments of {place}")) Add(item);
            foreach (var (key, value) in reader.Object(node["kwargs"] ?? new JsonObject(), $"the named arguments of {place}"))
                if (PlaceOf(value) is { } tensor) Values.Add(tensor);
                else Options[key] = value;
            return;
        }
        var old = reader.List(json, place);
        foreach (var item in IsOldPlace(old) ? [old] : old)
        {
            var part = reader.List(item, $"an input of {place}");
            if (!IsOldPlace(part)) throw reader.Wrong($"a layer, its call and its output for {place}", ConfigReader.Shown(item));
            Values.Add(part[..3]);
            if (part is [_, _, _, JsonObject named])
                foreach (var (key, value) in named)
                    if (value is List<object?> p && IsOldPlace(p)) Values.Add(p[..3]);
                    else Options[key] = value;
        }
    }

    /// <summary>What goes in, in order: places of results, and numbers.</summary>
    public List<object?> Values { get; } = [];

    /// <summary>What goes in by name and is no result.</summary>
    public Dictionary<string, object?> Options { get; } = [];

    /// <summary>The results that go in.</summary>
    public IEnumerable<List<object?>> Places => Values.OfType<List<object?>>().Where(IsPlace);

    /// <summary>Whether this is a layer, a call and an output.</summary>
    public static bool IsPlace(List<object?> list) => list is [string, long, long];

    public override string ToString() => $"{ConfigReader.Shown(Values)} and {string.Join(", ", Options.Keys)}";

    static bool IsOldPlace(List<object?> list) => list is [string, long, long, ..] && list.Count <= 4;

    void Add(object? item)
    {
        if (PlaceOf(item) is { } tensor) Values.Add(tensor);
        else if (item is List<object?> list && list.Any(i => PlaceOf(i) is not null)) list.ForEach(Add);
        else if (item is JsonObject constant) Values.Add(Constant(constant));
        else if (item is not null) Values.Add(item);
    }

    /// <summary>An array that stands in the graph.</summary>
    object? Constant(JsonObject item) => item["class_name"] is "__numpy__" or "__tensor__" && item["config"] is JsonObject { } config
        ? config["value"]
        : throw reader.Wrong($"results of layers and numbers for {place}", ConfigReader.Shown(item));

    List<object?>? PlaceOf(object? json)
    {
        if (json is not JsonObject tensor || tensor["class_name"] is not "__keras_tensor__") return null;
        var history = reader.List((tensor["config"] as JsonObject)?["keras_history"], $"the origin of an input of {place}");
        return IsPlace(history) ? history : throw reader.Wrong($"a layer, its call and its output for {place}",
            ConfigReader.Shown(history));
    }
}
