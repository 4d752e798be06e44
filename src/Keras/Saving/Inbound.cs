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
                if (IsMask(key)) Masks.AddRange(MasksIn(value));
                else if (PlacesIn(value) is { Count: > 0 } places) Named.Add((key, places));
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
                    if (value is List<object?> p && IsOldPlace(p)) Named.Add((key, [p[..3]]));
                    else if (value is List<object?> { Count: > 0 } list && list.All(i => i is List<object?> q && IsOldPlace(q)))
                        Named.Add((key, [.. list.Select(i => ((List<object?>)i!)[..3])]));
                    else Options[key] = value;
        }
    }

    /// <summary>What goes in, in order: places of results, and numbers.</summary>
    public List<object?> Values { get; } = [];

    /// <summary>The results that go in by name.</summary>
    public List<(string Name, List<List<object?>> Places)> Named { get; } = [];

    /// <summary>The masks of what goes in, which Keras hands over by name.</summary>
    public List<List<object?>> Masks { get; } = [];

    /// <summary>What goes in by name and is no result.</summary>
    public Dictionary<string, object?> Options { get; } = [];

    /// <summary>The results that go in.</summary>
    public IEnumerable<List<object?>> Places => Values.OfType<List<object?>>().Where(IsPlace).Concat(Named.SelectMany(n => n.Places));

    /// <summary>All that goes in, in the order of the names that a layer has for it; none: as it comes.</summary>
    /// <exception cref="FormatException">A name that is not here, or too much by place.</exception>
    public IEnumerable<object?> InOrder(string[] names)
    {
        if (names.Length == 0) return [.. Values, .. Named.SelectMany(n => n.Places)];
        if (names[^1] == "attention_mask" && Values.Count >= names.Length)
            throw reader.Wrong($"at most {names.Length - 1} inputs by place for {place}", $"{Values.Count}");
        foreach (var (name, _) in Named)
            if (!names.Contains(name)) throw reader.Wrong($"inputs by the names {string.Join(", ", names)} for {place}", $"'{name}'");
        return [.. Values, .. Named.OrderBy(n => Array.IndexOf(names, n.Name)).SelectMany(n => n.Places)];
    }

    /// <summary>Whether this is a layer, a call and an output.</summary>
    public static bool IsPlace(List<object?> list) => list is [string, long, long];

    public override string ToString() =>
        $"{ConfigReader.Shown(Values)} and {string.Join(", ", [.. Named.Select(n => n.Name), .. Options.Keys])}";

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

    /// <summary>The one result, or those in a list; none where anything else stands there.</summary>
    List<List<object?>> PlacesIn(object? json) => PlaceOf(json) is { } one ? [one]
        : json is List<object?> list && list.Select(PlaceOf).ToList() is var all && all.TrueForAll(p => p is not null)
            ? [.. all.OfType<List<object?>>()] : [];

    static bool IsMask(string name) => name is "mask" or "query_mask" or "value_mask" or "key_mask";

    /// <summary>The mask, or those in a list, where inputs without one have null.</summary>
    List<List<object?>> MasksIn(object? json)
    {
        List<object?> given = json is List<object?> list ? [.. list.Where(i => i is not null)] : json is null ? [] : [json];
        return [.. given.Select(i => PlaceOf(i) ?? throw reader.Wrong($"masks that layers make for {place}", ConfigReader.Shown(i)))];
    }

    List<object?>? PlaceOf(object? json)
    {
        if (json is not JsonObject tensor || tensor["class_name"] is not "__keras_tensor__") return null;
        var history = reader.List((tensor["config"] as JsonObject)?["keras_history"], $"the origin of an input of {place}");
        return IsPlace(history) ? history : throw reader.Wrong($"a layer, its call and its output for {place}",
            ConfigReader.Shown(history));
    }
}
